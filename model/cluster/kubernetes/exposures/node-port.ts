import { map } from '../../../language/map';
import { port, sourceRanges } from '../parts';

export const nodePort = map({
  nodePort: port().exactOptional().describe('Port of every node. Default: any free port.'),
  sourceRanges: sourceRanges(),
}).describe('A port of every node.');
