import type { Program } from '../../../local/toolbox/program';

/** An installed Kafka: `path` is the `java` that runs it. */
export interface KafkaProgram extends Program {
  /** Folder with its jars. */
  readonly libs: string;
}
