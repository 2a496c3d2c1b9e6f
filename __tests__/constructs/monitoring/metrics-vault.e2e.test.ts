import { specifyMetrics } from '../../support/metrics-specification';

specifyMetrics('vault');
