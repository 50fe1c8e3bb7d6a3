package judge_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/claims/judge"
)

const (
	claim  = "Le comité a été consulté avant la décision."
	record = "Le comité n’a été saisi du dossier qu’après la délibération."
)

var _ claims.Judge = (*judge.Client)(nil)

// model serves one answer at every address.
func model(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.URL
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

func chatAnswer(content string) string {
	text, err := json.Marshal(content)
	if err != nil {
		panic(err)
	}
	return `{"model":"m","choices":[{"message":{"content":` + string(text) + `}}]}`
}

func TestOpinions(t *testing.T) {
	for name, tt := range map[string]struct {
		path, answer string
		want         claims.Opinion
	}{
		"Predict":       {"/predict", `[[{"label":"contradiction","score":0.9},{"label":"neutral","score":0.08},{"label":"entailment","score":0.02}]]`, claims.Opinion{Contradiction: 0.9, Entailment: 0.02}},
		"PredictFlat":   {"/predict", `[{"label":"CONTRADICTION","score":0.7},{"label":"ENTAILMENT","score":0.1}]`, claims.Opinion{Contradiction: 0.7, Entailment: 0.1}},
		"Chat":          {"", chatAnswer(`{"contradiction":0.8,"entailment":0.1,"claim_quote":"avant la décision","record_quote":"qu’après"}`), claims.Opinion{Contradiction: 0.8, Entailment: 0.1, ClaimQuote: "avant la décision", RecordQuote: "qu’après", Model: "m"}},
		"InventedQuote": {"/v1", chatAnswer(`{"contradiction":0.8,"entailment":0.1,"claim_quote":"avant le vote","record_quote":"jamais"}`), claims.Opinion{Contradiction: 0.8, Entailment: 0.1, Model: "m"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := judge.Client{Address: model(t, says(tt.answer)) + tt.path}
			got, err := c.Judge(t.Context(), claim, record)
			if err != nil || got != tt.want {
				t.Errorf("got %+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

func TestFaultsGiveNoOpinion(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"NotJSON":       says("<html>"),
		"NoChoice":      says(`{"choices":[]}`),
		"NoJSONInside":  says(chatAnswer("Je pense que oui.")),
		"Missing":       says(chatAnswer(`{"contradiction":0.8}`)),
		"OutOfRange":    says(chatAnswer(`{"contradiction":8,"entailment":0,"claim_quote":"","record_quote":""}`)),
		"MoreThanWhole": says(chatAnswer(`{"contradiction":0.9,"entailment":0.9,"claim_quote":"","record_quote":""}`)),
		"Status":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"Redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		},
		"Endless": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 2<<20)) },
		"Slow": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // the server notices that the client left only then
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := judge.Client{Address: model(t, answer), Timeout: 300 * time.Millisecond}
			if got, err := c.Judge(t.Context(), claim, record); err == nil || got != (claims.Opinion{}) {
				t.Errorf("got %+v, %v; want an error and no opinion", got, err)
			}
		})
	}
}

func TestQuestionHoldsTheKeyAndBothTexts(t *testing.T) {
	var header http.Header
	var body string
	c := judge.Client{Key: "secret", Address: model(t, func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		header, body = r.Header, string(text)
		fmt.Fprint(w, chatAnswer(`{"contradiction":0,"entailment":0,"claim_quote":"","record_quote":""}`))
	})}
	if _, err := c.Judge(context.Background(), claim, record); err != nil {
		t.Fatal(err)
	}
	if header.Get("Authorization") != "Bearer secret" || !strings.Contains(body, "consulté avant") || !strings.Contains(body, "json_schema") {
		t.Errorf("asked with %q: %s", header.Get("Authorization"), body)
	}
}
