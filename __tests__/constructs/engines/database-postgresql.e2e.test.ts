import { postgresql } from '../../support/database-flavours';
import { describeDatabase } from '../../support/database-specification';

describe('the database engine on Vault with PostgreSQL', () => {
  describeDatabase('vault', postgresql);
});
