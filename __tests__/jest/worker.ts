/** What each jest worker has to itself, so that test files that run at once do not disturb each other. */
const worker = Number(process.env.JEST_WORKER_ID ?? 1) - 1;

/** Ports of the servers that this worker starts; several workers would otherwise choose the same one at the same moment. */
const [firstPort, portsEach] = [20_000, 4_000];
const first = firstPort + (worker % 3) * portsEach;
process.env.VAULT_PLATFORM_PORTS ??= `${first}-${first + portsEach - 1}`;

/** A Kubernetes lab of its own: the worker is part of its name and of both networks, `10.246.0.0/24` becomes `10.246.1.0/24`. */
const {
  LAB_NAME: name = 'tests',
  LAB_NETWORK: pods = '10.246.0.0/24',
  LAB_SERVICE_NETWORK: services = '10.98.0.0/24',
} = process.env;
process.env.LAB_NAME = worker === 0 ? name : `${name.slice(0, 8)}-${worker + 1}`;
process.env.LAB_NETWORK = ofWorker(pods);
process.env.LAB_SERVICE_NETWORK = ofWorker(services);

function ofWorker(network: string): string {
  return network.replace(
    /^(\d+\.\d+)\.(\d+)\./,
    (_, begin: string, third: string) => `${begin}.${Number(third) + worker}.`,
  );
}

export {};
