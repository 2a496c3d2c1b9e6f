import type { TestProgram } from '../programs/go-programs';

const version = '1.71.2';
const repository = 'github.com/rclone/rclone';
const parts = ['backend/local', 'backend/s3', 'cmd/copy'];

/** rclone as far as backups need it, which leaves out most of it: it builds in a minute. */
export const rcloneProgram: TestProgram = {
  name: 'rclone',
  version,
  executable: 'rclone',
  source: {
    title: `rclone ${version}`,
    module: repository,
    version: `v${version}`,
    sum: 'h1:3Jk5xNPFrZhVABRuN/OPvApuZQddpE2tkhYMuEn1Ud4=',
    main: [
      'package main',
      'import (',
      ...parts.map((part) => `_ "${repository}/${part}"`),
      `"${repository}/cmd"`,
      ')',
      'func main() { cmd.Main() }',
      '',
    ].join('\n'),
    oldestGo: '1.24.0',
    variable: 'PATH',
    alternative: 'leave out the tests that need it',
  },
};
