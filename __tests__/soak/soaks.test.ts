import { existsSync } from 'node:fs';

import { soaks } from './soaks';

test.each(soaks)('$what runs a file that is there', ({ command }) => {
  const file = command.find((argument) => argument.endsWith('.ts'));
  expect([file, existsSync(file ?? '')]).toEqual([file, true]);
});
