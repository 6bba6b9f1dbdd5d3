/** An engine checks no signature, but wants to see one. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
