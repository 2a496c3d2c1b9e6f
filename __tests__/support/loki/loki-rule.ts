import { execa } from 'execa';

import { missingTestProgram, testProgram, type TestProgram } from '../programs/go-programs';
import { soak } from '../soak';

const version = '3.7.8';

/** Counts lines of standard input by a rule, as Loki does, and prints the labels of each line that it counts. */
const main = `package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/grafana/loki/v3/pkg/logql/syntax"
	"github.com/prometheus/prometheus/model/labels"
)

func main() {
	rule, err := syntax.ParseSampleExpr(os.Args[1])
	if err != nil {
		panic(err)
	}
	extractors, err := rule.Extractors()
	if err != nil {
		panic(err)
	}
	stream := extractors[0].ForStream(labels.EmptyLabels())
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		samples, _ := stream.Process(0, lines.Bytes(), labels.EmptyLabels())
		for _, sample := range samples {
			fmt.Println(sample.Labels.Labels().String())
		}
	}
}
`;

/** The part of Loki that evaluates rules, which is built in minutes: the whole takes more than twice as long. */
const lokiProgram: TestProgram = {
  name: 'loki-rule',
  version,
  executable: 'loki-rule',
  source: {
    title: `the rules of Loki ${version}`,
    module: 'github.com/grafana/loki/v3',
    version: `v${version}`,
    sum: 'h1:bJ0WFWVOjgvG/jYmT9fIX15SYXXDwuEu/IMgTwMA97U=',
    main,
    oldestGo: '1.26.5',
    goMod: [
      'replace github.com/hashicorp/memberlist => github.com/grafana/memberlist v0.3.1-0.20251126142931-6f9f62ab6f86',
      'replace github.com/grafana/regexp => github.com/grafana/regexp v0.0.0-20240518133315-a468a5bfb3bc',
      'replace github.com/thanos-io/objstore => github.com/grafana/objstore v0.0.0-20250728171719-b5d3b766d1b0',
    ],
    withoutC: true,
    variable: 'PATH',
    alternative: 'leave out the test that needs it',
  },
};

/** Why no rule can be evaluated here; undefined if one can. */
export const lokiMissing = (): string | undefined =>
  soak ? missingTestProgram(lokiProgram) : 'Loki is built by `npm run soak` only: it takes minutes';

/** Labels of each line of a log that a rule counts, for example `{name="token", path="sys/policies/acl/admin"}`. */
export async function countedByLoki(rule: string, log: string): Promise<string[]> {
  const { path } = await testProgram(lokiProgram);
  const { stdout } = await execa(path, [rule], { input: log });
  return stdout.split('\n').filter((line) => line !== '');
}
