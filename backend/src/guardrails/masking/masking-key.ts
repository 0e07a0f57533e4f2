import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/config.module.js';
import type { Env } from '../../config/env.schema.js';
import { generatedSecret } from '../../config/generated-secret.js';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D, 8.2: 96 bits, random, for far fewer than 2^32 values of one key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a digest is for: one never tells anything about another. */
export type DigestPurpose = 'mask' | 'request';

/** Seals what people's data is, and tells whether two values are the same. */
@Injectable()
export class MaskingKey {
  private readonly sealing: Buffer;
  private readonly digesting: Record<DigestPurpose, Buffer>;

  constructor(@Inject(ENV) env: Pick<Env, 'MASKING_KEY' | 'DATA_DIR'>) {
    const secret = env.MASKING_KEY ?? generatedSecret(env.DATA_DIR, 'masking-key');
    const derived = (use: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `prosa:${use}`, KEY_BYTES));
    this.sealing = derived('seal');
    this.digesting = { mask: derived('digest:mask'), request: derived('digest:request') };
  }

  /** HMAC-SHA-256, in hexadecimal: without the key nobody can try values. */
  digest(purpose: DigestPurpose, text: string): string {
    return createHmac('sha256', this.digesting[purpose]).update(text).digest('hex');
  }

  /** AES-256-GCM, in base64url. @param place where it stands; opened elsewhere it is refused. */
  seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealing, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @returns undefined for what another key has sealed, or for another place. */
  open(sealed: string, place: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(CIPHER, this.sealing, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      const opened = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
