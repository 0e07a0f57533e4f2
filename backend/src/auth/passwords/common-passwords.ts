import { PASSWORD_LENGTH } from './password-policy.rules.js';

/** ASVS 5.0, 6.2.4: at least the 3,000 most common of those the policy would otherwise accept. */
const MOST_COMMON = 3000;

/** Common ones in Brazil, which lists gathered elsewhere lack. */
const PORTUGUESE = [
  'senha123',
  'senha1234',
  'senha12345',
  'senha123456',
  'minhasenha',
  'mudar123',
  'mudar@123',
  'trocar123',
  'senhasenha',
  'brasil123',
  'brasil2026',
  'brasil10',
  'flamengo',
  'flamengo10',
  'corinthians',
  'palmeiras',
  'saopaulo',
  'vascodagama',
  'fluminense',
  'botafogo',
  'gremio10',
  'cruzeiro',
  'internacional',
  'deusefiel',
  'jesuscristo',
  'jesus123',
  'teamo123',
  'amorzinho',
  'princesa',
  'felicidade',
  'familia123',
  'admin123',
  'administrador',
  'bemvindo',
  'bemvindo123',
  'estrela123',
  'prosa123',
  'prosaprosa',
] as const;

let loaded: Promise<ReadonlySet<string>> | undefined;

/** Passwords nobody may choose, lower-cased. Read on first use: the list takes megabytes. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const longEnough = dictionary['passwords-common'].filter(
    (password) => password.length >= PASSWORD_LENGTH.minimum,
  );
  return new Set([...longEnough.slice(0, MOST_COMMON), ...PORTUGUESE]);
}
