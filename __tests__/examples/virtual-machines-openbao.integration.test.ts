import { useOffice } from '../support/specifications/virtual-machines/office';
import { describeSecondTenant } from '../support/specifications/virtual-machines/second-tenant';
import { describeSecrecy } from '../support/specifications/virtual-machines/secrecy';
import { describeWarehouse } from '../support/specifications/virtual-machines/warehouse';

// Without directory and AWS, which OpenBao does not have: people log in as programs do.
describe('the example virtual-machines on OpenBao', () => {
  const office = useOffice('openbao');
  describeWarehouse(office, () => office().login('invoices.people.office-role'));
  describeSecondTenant(office);
  describeSecrecy(office);
});
