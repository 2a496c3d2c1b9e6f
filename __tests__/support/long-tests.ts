// Real servers start, take over and stop in their own time; this only ends what hangs.
jest.setTimeout(180_000);
