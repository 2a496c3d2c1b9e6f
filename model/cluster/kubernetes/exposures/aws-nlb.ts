import { map } from '../../../language/map';
import { optional, word } from '../../../language/values';
import { annotations, sourceRanges } from '../parts';

export const awsNlb = map({
  scheme: optional(word(['internal', 'internet-facing']), 'internal').describe('Who can reach the load balancer.'),
  sourceRanges: sourceRanges(),
  annotations: annotations(),
}).describe('A Network Load Balancer of AWS, created by the AWS Load Balancer Controller.');
