package conformance

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// start2026 is the first time in the fixture's frames.
var start2026 = time.UnixMilli(1_767_225_600_000).UTC()

func ptr[T any](v T) *T { return &v }

// values spells a field's nullable values out; a null is nil.
func values(f *data.Field) []any {
	out := make([]any, f.Len())
	for i := range out {
		if v, ok := f.ConcreteAt(i); ok {
			out[i] = v
		}
		if moment, ok := out[i].(time.Time); ok {
			out[i] = moment.UTC()
		}
	}
	return out
}

func wantValues(t *testing.T, frame *data.Frame, field int, want ...any) {
	t.Helper()
	if got := values(frame.Fields[field]); !reflect.DeepEqual(got, want) {
		t.Errorf("field %s: %v, want %v", frame.Fields[field].Name, got, want)
	}
}

func TestTable(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "table")
	if frame.Name != "variants" || frame.RefID != "A" || frame.Meta.Type != data.FrameTypeTable {
		t.Errorf("name %q, refId %q, type %q", frame.Name, frame.RefID, frame.Meta.Type)
	}
	if frame.Meta.TypeVersion != (data.FrameTypeVersion{0, 1}) || frame.Meta.PreferredVisualization != data.VisTypeTable {
		t.Errorf("meta %+v", frame.Meta)
	}
	wantValues(t, frame, 0, "baseline", "enhanced", "größer ✓")
	wantValues(t, frame, 1, 1200.0, 1180.5, 0.0)
	wantValues(t, frame, 2, true, false, false)
	wantValues(t, frame, 3, start2026, start2026.Add(time.Minute), start2026.Add(2*time.Minute))
	config := frame.Fields[1].Config
	if config.Unit != "short" || *config.Decimals != 0 || *config.Min != 0 {
		t.Errorf("config %+v", config)
	}
}

func TestTimeseries(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "timeseries")
	if frame.Meta.Type != data.FrameTypeTimeSeriesMulti {
		t.Errorf("type %q", frame.Meta.Type)
	}
	schema := frame.TimeSeriesSchema()
	if schema.Type != data.TimeSeriesTypeWide {
		t.Errorf("Grafana does not see a time series: %v", schema.Type)
	}
	wantValues(t, frame, 0, start2026, start2026.Add(time.Minute), start2026.Add(2*time.Minute))
	wantValues(t, frame, 1, 0.91, 0.92, 0.93)
}

func TestLabels(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "timeseries")
	if got, want := frame.Fields[1].Labels, (data.Labels{"variant": "enhanced"}); !got.Equals(want) {
		t.Errorf("labels %v, want %v", got, want)
	}
	if frame.Fields[0].Labels != nil {
		t.Errorf("time has labels %v", frame.Fields[0].Labels)
	}
}

func TestFieldsOfOneNameKeepTheirLabels(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "wide")
	for i, want := range []data.Labels{{"variant": "baseline"}, {"variant": "enhanced"}} {
		field := frame.Fields[i+1]
		if field.Name != "value" || !field.Labels.Equals(want) {
			t.Errorf("field %d is %s%v, want value%v", i+1, field.Name, field.Labels, want)
		}
		wantValues(t, frame, i+1, float64(i+1))
	}
}

func TestNumericMulti(t *testing.T) {
	response := start(t, fixturePath).ask(t, settings{}, scenario("numeric"))["A"]
	want := []*float64{ptr(0.5), nil}
	for i, frame := range response.Frames {
		if frame.Meta.Type != data.FrameTypeNumericMulti || frame.Meta.TypeVersion != (data.FrameTypeVersion{0, 1}) {
			t.Errorf("frame %d: type %s %v", i, frame.Meta.Type, frame.Meta.TypeVersion)
		}
		if len(frame.Fields) != 1 || frame.Fields[0].Type() != data.FieldTypeNullableFloat64 {
			t.Fatalf("frame %d: %v", i, frame.Fields)
		}
		if got := frame.Fields[0].At(0); !reflect.DeepEqual(got, want[i]) {
			t.Errorf("frame %d: %v, want %v", i, got, want[i])
		}
	}
	if len(response.Frames) != 2 {
		t.Errorf("%d frames, want 2", len(response.Frames))
	}
}

func TestNulls(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "nulls")
	everyThird := func(value any) []any {
		out := make([]any, 10)
		for i := range out {
			if i%3 != 0 {
				out[i] = value
			}
		}
		return out
	}
	wantValues(t, frame, 0, everyThird(start2026)...)
	wantValues(t, frame, 1, everyThird(1.5)...)
	wantValues(t, frame, 2, everyThird("x")...)
	wantValues(t, frame, 3, everyThird(true)...)
	wantValues(t, frame, 5, make([]any, 10)...)
}

func TestNaNAndInfinityAreValues(t *testing.T) {
	special := values(start(t, fixturePath).frame(t, "nulls").Fields[4])
	if nan, ok := special[0].(float64); !ok || !math.IsNaN(nan) {
		t.Errorf("NaN came as %v", special[0])
	}
	if special[1] != math.Inf(1) || special[2] != math.Inf(-1) || special[3] != nil || special[4] != 0.0 {
		t.Errorf("special values %v", special[:5])
	}
}

func TestTimesKeepFractionsAndSign(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "nulls")
	if got, want := values(frame.Fields[6])[1], start2026.Add(time.Millisecond+250*time.Microsecond); got != want {
		t.Errorf("fraction: %v, want %v", got, want)
	}
	if got, want := values(frame.Fields[7])[1], time.UnixMilli(-2).UTC(); got != want {
		t.Errorf("before 1970: %v, want %v", got, want)
	}
}

func TestNotices(t *testing.T) {
	meta := start(t, fixturePath).frame(t, "notices").Meta
	want := []data.Notice{
		{Severity: data.NoticeSeverityWarning, Text: "Prometheus is down", Link: "https://example.com/fix"},
		{Severity: data.NoticeSeverityInfo, Text: "kept result"},
	}
	if !reflect.DeepEqual(meta.Notices, want) {
		t.Errorf("notices %+v", meta.Notices)
	}
	if meta.ExecutedQueryString != "sum(rate(requests_total[5m]))" {
		t.Errorf("executed query %q", meta.ExecutedQueryString)
	}
	custom := map[string]any{"provenance": map[string]any{"level": "operational"}}
	if !reflect.DeepEqual(meta.Custom, custom) {
		t.Errorf("custom %v", meta.Custom)
	}
}

func TestFieldConfig(t *testing.T) {
	config := start(t, fixturePath).frame(t, "notices").Fields[0].Config
	custom := map[string]any{"uplift": map[string]any{"state": "measured"}}
	if config.DisplayName != "Value" || config.NoValue != "no data" || !reflect.DeepEqual(config.Custom, custom) {
		t.Errorf("config %+v", config)
	}
}

func TestEmptyFrames(t *testing.T) {
	response := start(t, fixturePath).ask(t, settings{}, scenario("empty"))["A"]
	if response.Error != nil || len(response.Frames) != 2 {
		t.Fatalf("%d frames, error %v", len(response.Frames), response.Error)
	}
	if frame := response.Frames[0]; frame.Name != "no rows" || len(frame.Fields) != 1 || frame.Rows() != 0 {
		t.Errorf("frame without rows: %v", frame)
	}
	if frame := response.Frames[1]; len(frame.Fields) != 0 {
		t.Errorf("frame without fields: %v", frame)
	}
}

func TestMillionRows(t *testing.T) {
	frame := start(t, fixturePath).frame(t, "large")
	if frame.Rows() != 1_000_000 {
		t.Fatalf("%d rows", frame.Rows())
	}
	for _, row := range []int{0, 1, 499_999, 999_999} {
		moment, _ := frame.Fields[0].ConcreteAt(row)
		value, _ := frame.Fields[1].ConcreteAt(row)
		if want := start2026.Add(time.Duration(row) * time.Millisecond); !moment.(time.Time).Equal(want) {
			t.Errorf("row %d: time %v, want %v", row, moment, want)
		}
		if value != float64(row)/2 {
			t.Errorf("row %d: value %v", row, value)
		}
	}
}

// The SDK's own JSON must be what Grafana would have made of the same frames.
func TestJSONEqualsGrafanas(t *testing.T) {
	plugin := start(t, fixturePath)
	for _, name := range []string{"table", "timeseries", "wide", "numeric", "nulls", "notices", "empty"} {
		t.Run(name, func(t *testing.T) {
			frames := plugin.ask(t, settings{}, scenario(name))["A"].Frames
			for _, frame := range frames {
				frame.RefID = "" // The resource knows of no query.
			}
			grafanas, err := json.Marshal(frames)
			if err != nil {
				t.Fatal(err)
			}
			ours := plugin.call(t, &backend.CallResourceRequest{Path: "frames/" + name, Method: "GET"}).body
			var got, want any
			if err := json.Unmarshal(ours, &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(grafanas, &want); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("ours\n%s\nGrafana's\n%s", ours, grafanas)
			}
		})
	}
}
