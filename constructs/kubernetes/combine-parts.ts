import type { ServerPart } from './server-part';

/** Merges parts in their order. If two have an annotation or label of the same name, the later one applies. */
export function combineParts(parts: readonly ServerPart[]): Required<ServerPart> {
  const list = <T>(of: (part: ServerPart) => readonly T[] | undefined): T[] => parts.flatMap((part) => of(part) ?? []);
  const record = <T>(of: (part: ServerPart) => Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(parts.flatMap((part) => Object.entries(of(part) ?? {})));
  return {
    configuration: record((part) => part.configuration),
    environment: list((part) => part.environment),
    volumes: list((part) => part.volumes),
    egress: list((part) => part.egress),
    serviceAccountAnnotations: record((part) => part.serviceAccountAnnotations),
    podLabels: record((part) => part.podLabels),
    dependsOn: list((part) => part.dependsOn),
  };
}
