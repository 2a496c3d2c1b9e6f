import type { Operation } from '../decide/request';

/** What an operation on an API path of KV version 2 does. `documents` is what people call the paths below the mount. */
const words: Readonly<Record<string, Partial<Readonly<Record<Operation, string>>>>> = {
  data: {
    read: 'read documents',
    create: 'create documents',
    update: 'write new versions of documents',
    patch: 'patch documents',
    delete: 'delete the latest version of documents',
    recover: 'recover documents from snapshots',
  },
  metadata: {
    read: 'read versions and metadata of documents',
    list: 'list documents',
    scan: 'list documents recursively',
    create: 'create metadata of documents',
    update: 'change metadata of documents',
    patch: 'patch metadata of documents',
    delete: 'destroy documents with all versions',
  },
  delete: { create: 'delete versions of documents', update: 'delete versions of documents' },
  undelete: { create: 'restore deleted versions of documents', update: 'restore deleted versions of documents' },
  destroy: { create: 'destroy versions of documents', update: 'destroy versions of documents' },
  subkeys: { read: 'read the keys of documents without their values' },
};

/** API paths of KV version 2 that are folded into paths of documents, for example `data`. */
export const kvFolders: ReadonlySet<string> = new Set(Object.keys(words));

/** @returns undefined if the server has no such request */
export const kvWords = (folder: string, operation: Operation): string | undefined => words[folder]?.[operation];
