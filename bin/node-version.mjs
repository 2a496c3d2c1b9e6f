/** Oldest supported version, as in `engines` of package.json. */
export const oldestNode = '20.18.1';

/** What is wrong with a version of Node.js such as `18.20.8`, in one sentence; undefined if it is supported. */
export function describeOldNode(version) {
  const wanted = oldestNode.split('.').map(Number);
  const given = version.split('.').map((part) => parseInt(part, 10));
  const index = wanted.findIndex((part, position) => part !== given[position]);
  if (index === -1 || given[index] > wanted[index]) return undefined;
  return `Node.js ${version} is too old: install Node.js 24, or ${oldestNode} or newer.`;
}
