import type { Program } from '../../../local/toolbox/program';

/** Kafka that can be run: `path` is the `java` that runs it. */
export interface KafkaProgram extends Program {
  /** Folder with its jars. */
  readonly libs: string;
}
