import { PlatformError } from '../../model/errors';

/** The operating systems and processors that programs are installed for. */
const goNames = {
  'linux-x64': 'linux_amd64',
  'linux-arm64': 'linux_arm64',
  'darwin-x64': 'darwin_amd64',
  'darwin-arm64': 'darwin_arm64',
} as const;

/** As Node.js names it, for example `linux-x64`. */
export type PlatformKey = keyof typeof goNames;

/** As Terraform and Go name it, for example `linux_amd64`. */
export const goName = (platform: PlatformKey): string => goNames[platform];

/**
 * The platform this process runs on.
 *
 * @param what - the program that is to be installed, and `variable` what names one that is there already: for the message
 * @throws PlatformError (toolbox) where nothing can be installed
 */
export function requirePlatform(
  what: string,
  variable: string,
  key = `${process.platform}-${process.arch}`,
): PlatformKey {
  if (key in goNames) return key as PlatformKey;
  throw new PlatformError('toolbox', [
    {
      message: `${what} cannot be installed on this platform`,
      given: key,
      allowed: Object.keys(goNames).join(', '),
      fix: `install it yourself and set ${variable} to it`,
    },
  ]);
}
