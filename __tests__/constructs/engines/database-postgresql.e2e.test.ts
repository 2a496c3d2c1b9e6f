import { describeDatabase } from '../../support/specifications/database';
import { postgresql } from '../../support/specifications/database-flavours';

describe('the database engine on Vault with PostgreSQL', () => {
  describeDatabase('vault', postgresql);
});
