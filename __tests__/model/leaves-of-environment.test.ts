import { describeLeaves } from './leaf-effects';

describeLeaves('environment');
