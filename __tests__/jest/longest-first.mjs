// Starts the longest test files first, so that two workers end at about the same time. Jest does that by itself only where
// its cache holds earlier durations, which a fresh clone does not have.
import TestSequencer from '@jest/test-sequencer';

import { longTestFiles } from './long-test-files.mjs';

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const seconds = ({ path }) =>
      Object.entries(longTestFiles).find(([file]) => path.endsWith(`/__tests__/${file}`))?.[1] ?? 0;
    return super.sort(tests).sort((one, other) => seconds(other) - seconds(one));
  }
}
