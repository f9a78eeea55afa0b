package conformance

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func wantError(t *testing.T, response backend.DataResponse, code int, source backend.ErrorSource, text string) {
	t.Helper()
	if response.Error == nil {
		t.Fatal("no error")
	}
	if int(response.Status) != code || response.ErrorSource != source || !strings.Contains(response.Error.Error(), text) {
		t.Errorf("status %d, source %s, error %q; want %d, %s, %q",
			response.Status, response.ErrorSource, response.Error, code, source, text)
	}
}

func TestWhatTravelsWithAQuery(t *testing.T) {
	asked := query("A", map[string]any{"scenario": "echo"})
	asked.QueryType = "experiment"
	frame := start(t, fixturePath).ask(t, settings{jsonData: `{"health":"ok"}`}, asked)["A"].Frames[0]
	got := map[string]any{}
	for _, field := range frame.Fields {
		got[field.Name] = values(field)[0]
	}
	want := map[string]any{
		"instance": "1", "json": `{"scenario":"echo"}`, "queryType": "experiment", "maxDataPoints": "500",
		"intervalMs": "15000", "from": "1000", "to": "2000", "fromAlert": "true", "orgId": "7", "login": "admin",
		"uid": "uplift", "url": "http://localhost", "database": "mlflow", "jsonData": `{"health":"ok"}`,
		"password": "se$ret",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestBrokenJSONOfOneQueryLeavesTheOthers(t *testing.T) {
	broken := scenario("table")
	broken.RefID, broken.JSON = "B", []byte(`{"scenario":`)
	responses := start(t, fixturePath).ask(t, settings{}, scenario("table"), broken)
	if responses["A"].Error != nil || len(responses["A"].Frames) != 1 {
		t.Errorf("A: %d frames, error %v", len(responses["A"].Frames), responses["A"].Error)
	}
	wantError(t, responses["B"], http.StatusBadRequest, backend.ErrorSourceDownstream, "Query B: its JSON is broken")
}

func TestDownstreamError(t *testing.T) {
	response := start(t, fixturePath).ask(t, settings{}, scenario("downstream"))["A"]
	wantError(t, response, http.StatusBadGateway, backend.ErrorSourceDownstream, "Prometheus refused the connection")
}

func TestThrownErrors(t *testing.T) {
	plugin := start(t, fixturePath)
	wantError(t, plugin.ask(t, settings{}, scenario("public-error"))["A"],
		http.StatusNotFound, backend.ErrorSourceDownstream, `unknown experiment "x"`)

	bug := plugin.ask(t, settings{}, scenario("bug"))["A"]
	wantError(t, bug, http.StatusInternalServerError, backend.ErrorSourcePlugin, "failed unexpectedly (TypeError)")
	if strings.Contains(bug.Error.Error(), "secret-host") {
		t.Errorf("the error shows the host: %v", bug.Error)
	}
	wantError(t, plugin.ask(t, settings{}, scenario("ragged"))["A"],
		http.StatusInternalServerError, backend.ErrorSourcePlugin, "failed unexpectedly (RangeError)")
}

func TestForgottenQueryIsAnError(t *testing.T) {
	forgotten := scenario("table")
	forgotten.QueryType = "forgotten"
	wantError(t, start(t, fixturePath).ask(t, settings{}, forgotten)["A"],
		http.StatusInternalServerError, backend.ErrorSourcePlugin, "failed unexpectedly")
}

func TestStrayErrorsDoNotEndTheProcess(t *testing.T) {
	plugin := start(t, fixturePath)
	plugin.ask(t, settings{}, scenario("stray-errors"))
	plugin.log.find(t, "uncaught exception")
	plugin.log.find(t, "unhandled rejection")
	plugin.frame(t, "table")
}

func TestUnusableSettingsAnswerEveryQuery(t *testing.T) {
	plugin := start(t, fixturePath)
	unusable := settings{jsonData: `{"isUnusable":true}`}
	wantError(t, plugin.ask(t, unusable, scenario("table"))["A"],
		http.StatusBadRequest, backend.ErrorSourceDownstream, "the setting prometheus.url is missing")
	notJSON := settings{jsonData: `{"`}
	wantError(t, plugin.ask(t, notJSON, scenario("table"))["A"],
		http.StatusBadRequest, backend.ErrorSourceDownstream, "jsonData")
	plugin.frame(t, "table")
}

func TestRequestWithoutSettings(t *testing.T) {
	answer, err := start(t, fixturePath).data.QueryData(context.Background(), &pluginv2.QueryDataRequest{
		Queries: []*pluginv2.DataQuery{{RefId: "A", Json: []byte("{}")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := answer.Responses["A"]; got.Status != http.StatusBadRequest || !strings.Contains(got.Error, "no data source settings") {
		t.Errorf("answer %v", got)
	}
}

func TestCancelledQueryIsAborted(t *testing.T) {
	plugin := start(t, fixturePath)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := plugin.tryAsk(ctx, settings{}, query("A", map[string]any{"scenario": "slow", "ms": 60_000}))
	if code := status.Code(err); code != codes.DeadlineExceeded {
		t.Errorf("code %v", code)
	}
	plugin.log.find(t, "a slow query was aborted")
}

func TestHealth(t *testing.T) {
	plugin := start(t, fixturePath)
	check := func(jsonData string) *pluginv2.CheckHealthResponse {
		s := settings{jsonData: jsonData, updated: time.Now()}
		answer, err := plugin.diagnostics.CheckHealth(context.Background(), &pluginv2.CheckHealthRequest{PluginContext: s.proto()})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	for _, expected := range []struct {
		jsonData string
		status   pluginv2.CheckHealthResponse_HealthStatus
		message  string
		details  string
	}{
		{`{"health":"ok"}`, pluginv2.CheckHealthResponse_OK, "all sources answer", ""},
		{`{"health":"error"}`, pluginv2.CheckHealthResponse_ERROR, "Prometheus does not answer",
			`{"sources":[{"source":"prometheus","state":"down"}]}`},
		{`{"health":"throw"}`, pluginv2.CheckHealthResponse_ERROR, "connect ECONNREFUSED", ""},
		{`{"isUnusable":true}`, pluginv2.CheckHealthResponse_ERROR, "the setting prometheus.url is missing", ""},
	} {
		got := check(expected.jsonData)
		if got.Status != expected.status || got.Message != expected.message || string(got.JsonDetails) != expected.details {
			t.Errorf("%s: %v", expected.jsonData, got)
		}
		time.Sleep(2 * time.Millisecond) // Every check is one change of settings, told apart by its millisecond.
	}
}

func TestResource(t *testing.T) {
	answer := start(t, fixturePath).call(t, &backend.CallResourceRequest{
		Path: "echo", URL: "echo?a=1&b=2", Method: "POST", Body: []byte("grüezi"),
		Headers: map[string][]string{"X-Trace": {"t1", "t2"}},
	})
	var got map[string]string
	if err := json.Unmarshal(answer.body, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"method": "POST", "url": "echo?a=1&b=2", "body": "grüezi", "trace": "t1"}
	if answer.code != http.StatusCreated || !reflect.DeepEqual(got, want) {
		t.Errorf("%d %v", answer.code, got)
	}
	headers := map[string][]string{"content-type": {"application/json"}, "vary": {"a", "b"}}
	if !reflect.DeepEqual(answer.headers, headers) {
		t.Errorf("headers %v", answer.headers)
	}
}

func TestResourceErrors(t *testing.T) {
	plugin := start(t, fixturePath)
	if answer := plugin.call(t, &backend.CallResourceRequest{Path: "nowhere"}); answer.code != http.StatusNotFound {
		t.Errorf("unknown path: %d", answer.code)
	}
	bug := plugin.call(t, &backend.CallResourceRequest{Path: "bug"})
	if bug.code != http.StatusInternalServerError || strings.Contains(string(bug.body), "secret-host") {
		t.Errorf("bug: %d %s", bug.code, bug.body)
	}
}

func TestLargeResource(t *testing.T) {
	answer := start(t, fixturePath).call(t, &backend.CallResourceRequest{Path: "bytes"})
	if len(answer.body) != 5_000_000 || answer.body[4_999_999] != 7 {
		t.Errorf("%d bytes", len(answer.body))
	}
}

func TestMetrics(t *testing.T) {
	answer, err := start(t, fixturePath).diagnostics.CollectMetrics(context.Background(), &pluginv2.CollectMetricsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(answer.Metrics.Prometheus); !strings.Contains(text, "fixture_instances_total 1\n") {
		t.Errorf("metrics %q", text)
	}
}

func TestStreamIsUnimplemented(t *testing.T) {
	plugin := start(t, fixturePath)
	_, err := plugin.stream.SubscribeStream(context.Background(), &pluginv2.SubscribeStreamRequest{})
	if code := status.Code(err); code != codes.Unimplemented {
		t.Errorf("subscribe: %v", code)
	}
	running, err := plugin.stream.RunStream(context.Background(), &pluginv2.RunStreamRequest{})
	if err == nil {
		_, err = running.Recv()
	}
	if code := status.Code(err); err == io.EOF || code != codes.Unimplemented {
		t.Errorf("run: %v", err)
	}
}
