import { describeLeaves } from './leaf-effects';

describeLeaves('cluster');
