// Package conformance starts a plugin executable as Grafana does, with hashicorp/go-plugin, calls it through Grafana's
// own client and decodes frames with Grafana's own decoder.
package conformance

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

// fixturePath names the executable of tests/conformance/fixture.
const fixturePath = "CONFORMANCE_FIXTURE"

// host is a started plugin and the clients that Grafana would hold.
type host struct {
	client      *plugin.Client
	data        grpcplugin.DataClient
	diagnostics grpcplugin.DiagnosticsClient
	resource    grpcplugin.ResourceClient
	stream      grpcplugin.StreamClient
	log         *logSink
}

// logSink keeps what go-plugin made of the plugin's stderr.
type logSink struct {
	mu    sync.Mutex
	lines []logLine
}

type logLine struct {
	level   hclog.Level
	message string
	fields  map[string]any
}

// Accept implements hclog.SinkAdapter.
func (s *logSink) Accept(_ string, level hclog.Level, message string, args ...any) {
	fields := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		if key, ok := args[i].(string); ok {
			fields[key] = args[i+1]
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, logLine{level, message, fields})
}

// find waits for a line with this message: stderr is read by a goroutine of go-plugin.
func (s *logSink) find(t *testing.T, message string) logLine {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		s.mu.Lock()
		for _, line := range s.lines {
			if line.message == message {
				s.mu.Unlock()
				return line
			}
		}
		s.mu.Unlock()
	}
	t.Fatalf("no log line %q", message)
	return logLine{}
}

// start runs the executable that an environment variable names, and ends it with the test.
func start(t *testing.T, variable string) *host {
	t.Helper()
	executable := os.Getenv(variable)
	if executable == "" {
		t.Fatalf("%s does not name an executable", variable)
	}
	sink := &logSink{}
	logger := hclog.NewInterceptLogger(&hclog.LoggerOptions{Level: hclog.Debug, Output: io.Discard})
	logger.RegisterSink(sink)
	client := plugin.NewClient(&plugin.ClientConfig{
		Cmd: exec.Command(executable),
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{
			grpcplugin.ProtocolVersion: {
				"data":        &grpcplugin.DataGRPCPlugin{},
				"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
				"resource":    &grpcplugin.ResourceGRPCPlugin{},
				"stream":      &grpcplugin.StreamGRPCPlugin{},
			},
		},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           logger,
	})
	t.Cleanup(client.Kill)
	protocol, err := client.Client()
	if err != nil {
		t.Fatalf("the plugin did not start: %v", err)
	}
	return &host{
		client:      client,
		data:        dispense[grpcplugin.DataClient](t, protocol, "data"),
		diagnostics: dispense[grpcplugin.DiagnosticsClient](t, protocol, "diagnostics"),
		resource:    dispense[grpcplugin.ResourceClient](t, protocol, "resource"),
		stream:      dispense[grpcplugin.StreamClient](t, protocol, "stream"),
		log:         sink,
	}
}

func dispense[T any](t *testing.T, protocol plugin.ClientProtocol, name string) T {
	t.Helper()
	raw, err := protocol.Dispense(name)
	if err != nil {
		t.Fatal(err)
	}
	client, ok := raw.(T)
	if !ok {
		t.Fatalf("%s is a %T", name, raw)
	}
	return client
}

// settings are a data source's, as an administrator saved them.
type settings struct {
	updated  time.Time
	jsonData string
}

func (s settings) context() backend.PluginContext {
	jsonData := s.jsonData
	if jsonData == "" {
		jsonData = "{}"
	}
	updated := s.updated
	if updated.IsZero() {
		updated = time.UnixMilli(1_767_225_600_000)
	}
	return backend.PluginContext{
		OrgID:    7,
		PluginID: "modelops-uplift-datasource",
		User:     &backend.User{Login: "admin", Role: "Admin"},
		DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{
			ID: 3, UID: "uplift", Name: "Uplift", URL: "http://localhost", Database: "mlflow",
			JSONData:                []byte(jsonData),
			DecryptedSecureJSONData: map[string]string{"password": "se$ret"},
			Updated:                 updated,
		},
	}
}

func (s settings) proto() *pluginv2.PluginContext {
	return backend.ToProto().PluginContext(s.context())
}

func query(refID string, model map[string]any) backend.DataQuery {
	raw, err := json.Marshal(model)
	if err != nil {
		panic(err)
	}
	return backend.DataQuery{
		RefID: refID, JSON: raw, MaxDataPoints: 500, Interval: 15 * time.Second,
		TimeRange: backend.TimeRange{From: time.UnixMilli(1_000), To: time.UnixMilli(2_000)},
	}
}

func scenario(name string) backend.DataQuery { return query("A", map[string]any{"scenario": name}) }

// ask sends queries and converts the answer as Grafana does, which decodes every frame.
func (h *host) ask(t *testing.T, s settings, queries ...backend.DataQuery) backend.Responses {
	t.Helper()
	response, err := h.tryAsk(context.Background(), s, queries...)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func (h *host) tryAsk(ctx context.Context, s settings, queries ...backend.DataQuery) (backend.Responses, error) {
	request := backend.ToProto().QueryDataRequest(&backend.QueryDataRequest{
		PluginContext: s.context(),
		Headers:       map[string]string{"Fromalert": "true"},
		Queries:       queries,
	})
	answer, err := h.data.QueryData(ctx, request)
	if err != nil {
		return nil, err
	}
	response, err := backend.FromProto().QueryDataResponse(answer)
	if err != nil {
		return nil, err
	}
	return response.Responses, nil
}

// frame is the only frame of the answer to a scenario.
func (h *host) frame(t *testing.T, name string) *data.Frame {
	t.Helper()
	response := h.ask(t, settings{}, scenario(name))["A"]
	if response.Error != nil {
		t.Fatal(response.Error)
	}
	if len(response.Frames) != 1 {
		t.Fatalf("%d frames, want 1", len(response.Frames))
	}
	return response.Frames[0]
}

type resourceAnswer struct {
	code    int
	headers map[string][]string
	body    []byte
}

func (h *host) call(t *testing.T, request *backend.CallResourceRequest) resourceAnswer {
	t.Helper()
	request.PluginContext = settings{}.context()
	stream, err := h.resource.CallResource(context.Background(), backend.ToProto().CallResourceRequest(request))
	if err != nil {
		t.Fatal(err)
	}
	answer := resourceAnswer{}
	for {
		chunk, err := stream.Recv()
		if err != nil {
			if answer.code == 0 {
				t.Fatal(err)
			}
			return answer
		}
		response := backend.FromProto().CallResourceResponse(chunk)
		if answer.code == 0 {
			answer.code, answer.headers = response.Status, response.Headers
		}
		answer.body = append(answer.body, response.Body...)
	}
}
