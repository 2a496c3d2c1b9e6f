import { describeLeaves } from './leaf-effects';

describeLeaves('tenant');
