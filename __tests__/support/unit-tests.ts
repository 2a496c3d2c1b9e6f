// A unit test takes milliseconds; on a machine that is busy with other work it may take a minute. This only ends what hangs.
jest.setTimeout(120_000);
