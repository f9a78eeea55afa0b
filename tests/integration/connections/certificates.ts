/** Certificates made for one test run: an authority, a server of a name, and a client. */
import { generate } from 'selfsigned';

export interface Signed {
  cert: string;
  key: string;
}

export interface Certificates {
  authority: string;
  /** For the name `store.test`, and no address. */
  server: Signed;
  /** For the PostgreSQL user `certified`. */
  client: Signed;
}

export async function makeCertificates(): Promise<Certificates> {
  const root = await generate([{ name: 'commonName', value: 'test authority' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true },
    ],
  });
  const sign = async (name: string): Promise<Signed> => {
    const signed = await generate([{ name: 'commonName', value: name }], {
      algorithm: 'sha256',
      ca: { key: root.private, cert: root.cert },
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    });
    return { cert: signed.cert, key: signed.private };
  };
  return { authority: root.cert, server: await sign('store.test'), client: await sign('certified') };
}
