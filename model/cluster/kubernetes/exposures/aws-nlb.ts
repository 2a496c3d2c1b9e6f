import { map } from '../../../language/map';
import { word } from '../../../language/values';
import { annotations, sourceRanges } from '../parts';

export const awsNlb = map({
  scheme: word(['internal', 'internet-facing']).default('internal').describe('Who can reach the load balancer.'),
  sourceRanges: sourceRanges(),
  annotations: annotations(),
}).describe('A Network Load Balancer of AWS, created by the AWS Load Balancer Controller.');
