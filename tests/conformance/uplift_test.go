package conformance

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

const (
	// upliftPath names the released executable, upliftSettings a file with the demo's jsonData and secrets.
	upliftPath     = "CONFORMANCE_UPLIFT"
	upliftSettings = "CONFORMANCE_UPLIFT_SETTINGS"
	experiment     = "checkout-ranking"
)

// uplift is the plugin over the demo's real stores.
type uplift struct {
	*host
	context backend.PluginContext
}

func startUplift(t *testing.T) *uplift {
	t.Helper()
	raw, err := os.ReadFile(os.Getenv(upliftSettings))
	if err != nil {
		t.Fatal(err)
	}
	var saved struct {
		JSONData json.RawMessage   `json:"jsonData"`
		Secrets  map[string]string `json:"secrets"`
	}
	if err := json.Unmarshal(raw, &saved); err != nil {
		t.Fatal(err)
	}
	context := settings{}.context()
	context.DataSourceInstanceSettings.JSONData = saved.JSONData
	context.DataSourceInstanceSettings.DecryptedSecureJSONData = saved.Secrets
	return &uplift{start(t, upliftPath), context}
}

// answer asks one query over the last day, as a panel does, or as an alert rule does.
func (u *uplift) answer(t *testing.T, fromAlert bool, model map[string]any) backend.DataResponse {
	t.Helper()
	raw, err := json.Marshal(model)
	if err != nil {
		t.Fatal(err)
	}
	headers := map[string]string{}
	if fromAlert {
		headers["FromAlert"] = "true"
	}
	now := time.Now()
	request := backend.ToProto().QueryDataRequest(&backend.QueryDataRequest{
		PluginContext: u.context,
		Headers:       headers,
		Queries: []backend.DataQuery{{
			RefID: "A", JSON: raw, MaxDataPoints: 500, Interval: time.Minute,
			TimeRange: backend.TimeRange{From: now.Add(-24 * time.Hour), To: now},
		}},
	})
	answer, err := u.data.QueryData(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	response, err := backend.FromProto().QueryDataResponse(answer)
	if err != nil {
		t.Fatal(err)
	}
	return response.Responses["A"]
}

func (u *uplift) frames(t *testing.T, fromAlert bool, model map[string]any) data.Frames {
	t.Helper()
	response := u.answer(t, fromAlert, model)
	if response.Error != nil {
		t.Fatalf("%v: %v", model, response.Error)
	}
	return response.Frames
}

func TestUpliftAnswersTheThreeFramesOfAnExperiment(t *testing.T) {
	frames := startUplift(t).frames(t, false, map[string]any{"queryType": "experiment", "experiment": experiment})
	names := []string{}
	for _, frame := range frames {
		names = append(names, frame.Name)
	}
	if got := strings.Join(names, ","); got != "variants,comparisons,checks" {
		t.Fatalf("frames %s", got)
	}
	if rows := frames[0].Rows(); rows != 2 {
		t.Errorf("%d variants, want 2", rows)
	}
	verdict, index := frames[1].FieldByName("verdict")
	if index < 0 || *verdict.At(0).(*string) != "winner" {
		t.Errorf("the first verdict is not winner: %v", verdict)
	}
}

func TestUpliftReplaysAnExperiment(t *testing.T) {
	frames := startUplift(t).frames(t, false, map[string]any{
		"queryType": "experiment", "experiment": experiment, "format": "timeseries", "metric": "accuracy",
	})
	if len(frames) != 1 || frames[0].Rows() < 60 || frames[0].TimeSeriesSchema().Type != data.TimeSeriesTypeWide {
		t.Fatalf("%d frames; the first: %v", len(frames), frames[0].TimeSeriesSchema())
	}
}

// TestUpliftNumbersSuitAlertRules holds every value a rule may ask for to what Grafana's alerting demands of a frame.
func TestUpliftNumbersSuitAlertRules(t *testing.T) {
	u := startUplift(t)
	for _, value := range []string{"seq_p", "harm_bound", "srm_p", "verdict", "lift_abs", "chance_to_win"} {
		frames := u.frames(t, true, map[string]any{
			"queryType": "experiment", "experiment": experiment, "format": "numeric", "value": value,
		})
		seen := map[string]bool{}
		for _, frame := range frames {
			if frame.Meta == nil || frame.Meta.Type != data.FrameTypeNumericMulti {
				t.Errorf("%s: frame type %v", value, frame.Meta)
			}
			if len(frame.Fields) != 1 || frame.Fields[0].Type() != data.FieldTypeNullableFloat64 || frame.Rows() != 1 {
				t.Fatalf("%s: not one nullable number", value)
			}
			labels := frame.Fields[0].Labels.String()
			if seen[labels] {
				t.Errorf("%s: labels %s twice", value, labels)
			}
			seen[labels] = true
		}
		if len(frames) == 0 {
			t.Errorf("%s: no frame", value)
		}
	}
}

func TestUpliftRefusesATableInAnAlertRule(t *testing.T) {
	response := startUplift(t).answer(t, true, map[string]any{"queryType": "experiment", "experiment": experiment})
	wantError(t, response, 400, backend.ErrorSourceDownstream, "numeric")
}

func TestUpliftNamesTheKnownExperimentsWhenOneIsUnknown(t *testing.T) {
	response := startUplift(t).answer(t, false, map[string]any{"queryType": "experiment", "experiment": "nope"})
	wantError(t, response, 400, backend.ErrorSourceDownstream, experiment)
}

func TestUpliftMonitorIsTimeSeries(t *testing.T) {
	frames := startUplift(t).frames(t, false, map[string]any{
		"queryType": "monitor", "experiment": experiment, "metric": "requests",
	})
	if len(frames) != 2 {
		t.Fatalf("%d series, want one a variant", len(frames))
	}
	for _, frame := range frames {
		if frame.Rows() < 100 || frame.Fields[1].Labels["variant"] == "" {
			t.Errorf("%d rows, labels %v", frame.Rows(), frame.Fields[1].Labels)
		}
	}
}

func TestUpliftHealthSpeaksForEachSource(t *testing.T) {
	u := startUplift(t)
	request := &pluginv2.CheckHealthRequest{PluginContext: backend.ToProto().PluginContext(u.context)}
	answer, err := u.diagnostics.CheckHealth(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{"MLflow", "Prometheus", "InfluxDB"} {
		if !strings.Contains(answer.Message, source) {
			t.Errorf("health does not name %s: %s", source, answer.Message)
		}
	}
	if answer.Status != pluginv2.CheckHealthResponse_OK {
		t.Errorf("status %v: %s", answer.Status, answer.Message)
	}
}
