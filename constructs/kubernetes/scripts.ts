/**
 * `preStop` hook of a server's container. Environment: `PROGRAM` and `PREFIX`.
 *
 * It requests the public status over the loopback interface, so it does not verify the certificate.
 */
export const beforeStop = `#!/bin/sh
export "\${PREFIX}_ADDR=https://127.0.0.1:8200" "\${PREFIX}_SKIP_VERIFY=true"
export "\${PREFIX}_CLIENT_TIMEOUT=3s" "\${PREFIX}_MAX_RETRIES=0"
status=$("$PROGRAM" status -format=json 2>/dev/null) || exit 0 # sealed, or no answer: nobody is sent here
case "$status" in
  # The end of the active server is its step-down: the sooner, the better for everybody.
  *'"is_self": true'*) exit 0 ;;
esac
# Load balancers have to notice that nothing is to be forwarded by this one any more.
sleep 5
`;

/**
 * Main process of the sidecar, in the process namespace of the server. It makes the server reload its certificate (in the folder
 * \`CERTIFICATE\`) when that changes, and rotates the audit file when it is large: it renames the file before the server reopens it, so
 * that no line is lost. \`KNOWN\` is a file that survives a restart of this container, but not of the pod.
 */
export const attendant = `#!/bin/sh
fingerprint() { cat "$CERTIFICATE/tls.crt" "$CERTIFICATE/tls.key" | sha256sum; }
# Only the server: the same program may run as a command line, which a signal would end.
server() {
  for process in /proc/[0-9]*; do
    case $(tr '\\0' ' ' 2>/dev/null <"$process/cmdline") in
      "$PROGRAM server "*) echo "\${process#/proc/}" && return ;;
    esac
  done
  return 1
}
rotate() {
  [ -f "$AUDIT_FILE" ] && [ "$(stat -c %s "$AUDIT_FILE")" -ge "$AUDIT_BYTES" ] && process=$(server) || return
  mv "$AUDIT_FILE" "$AUDIT_FILE.$(date -u +%Y%m%dT%H%M%SZ)" && kill -HUP "$process"
  # Names sort by age.
  ls -r "$AUDIT_FILE".* | tail -n "+$((AUDIT_KEEP + 1))" | xargs -r rm -f
}
[ -f "$KNOWN" ] || fingerprint >"$KNOWN"
while sleep "$SECONDS_BETWEEN"; do
  now=$(fingerprint)
  if [ "$now" != "$(cat "$KNOWN")" ] && process=$(server) && kill -HUP "$process"; then
    echo "$now" >"$KNOWN"
    echo 'the certificate changed: the server reads it again'
  fi
  [ -z "$AUDIT_FILE" ] || rotate
done
`;
