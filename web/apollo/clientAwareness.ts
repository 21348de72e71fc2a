import { version } from '../../package.json';

/** Name and version with which the app calls the API, which counts by them who uses what is deprecated. */
export const clientAwareness = { name: 'neighborshare-web', version };

/** The same for `connection_init`, as a socket has no headers of its own. */
export const socketAwareness = {
  'apollographql-client-name': clientAwareness.name,
  'apollographql-client-version': clientAwareness.version,
};
