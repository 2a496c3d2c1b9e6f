import { useOffice } from '../support/office';
import { describeSecrecy } from '../support/office-secrecy';
import { describeSecondTenant } from '../support/second-tenant';
import { describeWarehouse } from '../support/warehouse-specification';

// Without directory and AWS, which OpenBao does not have: people log in as programs do.
describe('the example virtual-machines on OpenBao', () => {
  const office = useOffice('openbao');
  describeWarehouse(office, () => office().login('invoices-office-people-role'));
  describeSecondTenant(office);
  describeSecrecy(office);
});
