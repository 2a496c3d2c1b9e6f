import { describeDatabase } from '../../support/specifications/database';
import { postgresql } from '../../support/specifications/database-flavours';

describe('the database engine on OpenBao with PostgreSQL', () => {
  describeDatabase('openbao', postgresql);
});
