import { specifyMetrics } from '../../support/specifications/metrics';

specifyMetrics('vault');
