package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/hashicorp/go-hclog"
)

func TestPing(t *testing.T) {
	protocol, err := start(t, fixturePath).client.Client()
	if err != nil {
		t.Fatal(err)
	}
	if err := protocol.Ping(); err != nil {
		t.Error(err)
	}
}

func TestWithoutCookie(t *testing.T) {
	for _, cookie := range []string{"", "grafana_plugin_type=panel"} {
		command := exec.Command(os.Getenv(fixturePath))
		command.Env = []string{cookie}
		var stdout, stderr bytes.Buffer
		command.Stdout, command.Stderr = &stdout, &stderr
		var exit *exec.ExitError
		if err := command.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%q: ended with %v, want exit code 1", cookie, err)
		}
		if stdout.Len() != 0 || !strings.Contains(stderr.String(), "Grafana starts it") {
			t.Errorf("%q: stdout %q, stderr %q", cookie, &stdout, &stderr)
		}
	}
}

type life struct {
	Created  int   `json:"created"`
	Disposed []int `json:"disposed"`
}

func (h *host) life(t *testing.T) life {
	t.Helper()
	var got life
	if err := json.Unmarshal(h.call(t, &backend.CallResourceRequest{Path: "life"}).body, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestInstanceIsKeptWhileSettingsStay(t *testing.T) {
	plugin := start(t, fixturePath)
	plugin.frame(t, "table")
	plugin.frame(t, "table")
	if got, want := plugin.life(t), (life{Created: 1, Disposed: []int{}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A request that began under the old settings ends on the old instance, which is disposed of after it.
func TestSettingsUpdate(t *testing.T) {
	plugin := start(t, fixturePath)
	old := settings{updated: time.UnixMilli(1)}
	running := make(chan any, 1)
	go func() {
		responses, err := plugin.tryAsk(t.Context(), old, query("A", map[string]any{"scenario": "slow", "ms": 5000}))
		if err != nil {
			running <- err
			return
		}
		running <- values(responses["A"].Frames[0].Fields[0])[0]
	}()
	plugin.log.find(t, "a slow query began")
	if before := plugin.life(t); before.Created != 2 || len(before.Disposed) != 0 {
		t.Errorf("while the old request runs: %+v", before)
	}
	if instance := <-running; instance != "1" {
		t.Errorf("the old request was answered by %v", instance)
	}
	if after := plugin.life(t); !reflect.DeepEqual(after, life{Created: 2, Disposed: []int{1}}) {
		t.Errorf("after it: %+v", after)
	}
}

// A host that ends a plugin hangs up as well, so what running requests are granted shows with a signal only.
func TestSIGTERMLetsRequestsEnd(t *testing.T) {
	plugin := start(t, fixturePath)
	running := make(chan error, 1)
	go func() {
		responses, err := plugin.tryAsk(t.Context(), settings{}, query("A", map[string]any{"scenario": "slow", "ms": 600}))
		if err == nil {
			err = responses["A"].Error
		}
		running <- err
	}()
	plugin.log.find(t, "a slow query began")
	plugin.signal(t, syscall.SIGTERM)
	if err := <-running; err != nil {
		t.Errorf("the running request: %v", err)
	}
	plugin.wantExitWithin(t, time.Minute)
}

func TestSIGTERMIsNotHeldUpByAnEndlessRequest(t *testing.T) {
	plugin := start(t, fixturePath)
	running := make(chan backend.DataResponse, 1)
	go func() {
		responses, _ := plugin.tryAsk(t.Context(), settings{}, query("A", map[string]any{"scenario": "slow", "ms": 60_000}))
		running <- responses["A"]
	}()
	plugin.log.find(t, "a slow query began")
	plugin.signal(t, syscall.SIGTERM)
	if response := <-running; response.Error == nil || response.Error.Error() != "aborted" {
		t.Errorf("the running request: %+v", response)
	}
	plugin.wantExitWithin(t, time.Minute)
}

// go-plugin kills what has not ended 2 s after Shutdown.
func TestShutdownEndsTheProcessInTime(t *testing.T) {
	plugin := start(t, fixturePath)
	go func() {
		_, _ = plugin.tryAsk(t.Context(), settings{}, query("A", map[string]any{"scenario": "slow", "ms": 60_000}))
	}()
	plugin.log.find(t, "a slow query began")
	asked := time.Now()
	plugin.client.Kill()
	if took := time.Since(asked); took > 1900*time.Millisecond {
		t.Errorf("took %v", took)
	}
	if !plugin.client.Exited() {
		t.Error("the process is still there")
	}
	if line := plugin.log.find(t, "stopping"); line.fields["reason"] != "the host asked to shut down" {
		t.Errorf("%+v", line)
	}
}

func (h *host) signal(t *testing.T, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(h.client.ReattachConfig().Pid, signal); err != nil {
		t.Fatal(err)
	}
}

func (h *host) wantExitWithin(t *testing.T, limit time.Duration) {
	t.Helper()
	for deadline := time.Now().Add(limit); !h.client.Exited(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still there after %v", limit)
		}
	}
}

// Grafana's log shows level, message and fields only if go-plugin could parse the line.
func TestLogLinesAreHclogs(t *testing.T) {
	plugin := start(t, fixturePath)
	line := plugin.log.find(t, "listening")
	if line.level != hclog.Debug || line.fields["@module"] != "fixture" || line.fields["port"] == nil {
		t.Errorf("%+v", line)
	}
	plugin.ask(t, settings{}, scenario("bug"))
	failure := plugin.log.find(t, "a query failed unexpectedly")
	details, _ := failure.fields["error"].(map[string]any)
	if failure.level != hclog.Error || details["message"] != "secret-host:5432 is undefined" || details["stack"] == nil {
		t.Errorf("%+v", failure)
	}
}

func TestPrintingGoesToTheLog(t *testing.T) {
	plugin := start(t, fixturePath)
	plugin.ask(t, settings{}, scenario("print"))
	plugin.log.find(t, "printed by console.log")
	plugin.log.find(t, "printed by process.stdout")
}
