import { specifyMetrics } from '../../support/metrics-specification';

specifyMetrics('openbao');
