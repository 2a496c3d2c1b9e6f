/**
 * The text that a server stores for a text that is sent to its API: one that is valid base64 is decoded first, also one that is not meant to
 * be, such as `path`. Line ends in base64 do not count.
 */
export const decodePolicyText = (text: string): string => {
  if (text.includes(' ') || text.includes('"')) {
    return text;
  }
  const compact = text.replaceAll(/[\r\n]/g, '');
  const isBase64 = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return isBase64 ? Buffer.from(compact, 'base64').toString('utf8') : text;
};
