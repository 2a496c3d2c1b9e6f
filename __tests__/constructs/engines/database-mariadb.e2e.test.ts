import { missingMariadb } from '../../support/mariadb/mariadb-server';
import { itUnless } from '../../support/skips';
import { describeDatabase } from '../../support/specifications/database';
import { mariadb } from '../../support/specifications/database-flavours';

describe('the database engine on Vault with MariaDB', () => {
  const missing = missingMariadb();
  if (missing === undefined) describeDatabase('vault', mariadb);
  else
    itUnless(missing, 'the database engine on Vault with MariaDB')(
      'makes accounts and takes them away',
      () => undefined,
    );
});
