import { mariadb } from '../../support/database-flavours';
import { describeDatabase } from '../../support/database-specification';
import { missingMariadb } from '../../support/mariadb-server';
import { itUnless } from '../../support/skips';

describe('the database engine on OpenBao with MariaDB', () => {
  const missing = missingMariadb();
  if (missing === undefined) describeDatabase('openbao', mariadb);
  else
    itUnless(missing, 'the database engine on OpenBao with MariaDB')(
      'makes accounts and takes them away',
      () => undefined,
    );
});
