import { map } from '../../../language/map';
import { annotations, sourceRanges } from '../parts';

export const loadBalancer = map({ sourceRanges: sourceRanges(), annotations: annotations() }).describe(
  'A load balancer of the cloud, with a Service.',
);
