import type { TestProgram } from './go-programs';

const version = '1.71.2';
const module = 'github.com/rclone/rclone';
const parts = ['backend/local', 'backend/s3', 'cmd/copy'];

/** rclone as far as backups need it: the storage of all others would take a quarter of an hour to build. */
export const rcloneProgram: TestProgram = {
  name: 'rclone',
  version,
  executable: 'rclone',
  source: {
    title: `rclone ${version}`,
    module,
    version: `v${version}`,
    sum: 'h1:3Jk5xNPFrZhVABRuN/OPvApuZQddpE2tkhYMuEn1Ud4=',
    main: [
      'package main',
      'import (',
      ...parts.map((part) => `_ "${module}/${part}"`),
      `"${module}/cmd"`,
      ')',
      'func main() { cmd.Main() }',
      '',
    ].join('\n'),
    oldestGo: '1.24.0',
    variable: 'PATH',
    alternative: 'leave out the tests that need it',
  },
};
