import { AuditedHeader } from '../../../constructs/audit/audited-header';
import { Template } from '../../support/template/template';

describe('AuditedHeader', () => {
  it('is always HMACed', () => {
    const template = Template.of((scope) => new AuditedHeader(scope, 'header', { headerName: 'X-Request-Id' }));
    expect(template.resource('vault_audit_request_header')).toEqual({ name: 'X-Request-Id', hmac: true });
  });
});
