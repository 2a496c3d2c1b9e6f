import { map } from '../../../language/map';
import { optional } from '../../../language/values';
import { port, sourceRanges } from '../parts';

export const nodePort = map({
  nodePort: optional(port()).describe('Port of every node. Default: any free port.'),
  sourceRanges: sourceRanges(),
}).describe('A port of every node.');
