import type { Language } from '../../platform/language.rules.js';

/** What `npm run models` says. `{name}` stands for a value. */
export interface CommandTexts {
  readonly usage: string;
  readonly here: string;
  readonly partly: string;
  readonly about: string;
  readonly rough: string;
  readonly free: string;
  readonly how: string;
  readonly none: string;
  readonly others: string;
  readonly packages: string;
  readonly asking: string;
  readonly checking: string;
  readonly progress: string;
  readonly fromExport: string;
  readonly added: string;
  readonly wasHere: string;
  readonly offered: string;
  readonly leftOut: string;
  readonly removed: string;
  readonly ready: string;
  readonly stopped: string;
  readonly licence: string;
}

export const COMMAND_TEXTS: Readonly<Record<Language, CommandTexts>> = {
  en: {
    usage: `Usage:
  npm run models -- list            what is recommended, and what is here
  npm run models -- add <name>      download a model: one of the list, or owner/name of the hub
  npm run models -- remove <name>   remove a model
  npm run models -- status          what is here, and whether it can be used`,
    here: 'here',
    partly: '{part} of it here',
    about: 'about {size}',
    rough: 'Sizes and licences are from memory: {hub} did not answer.',
    free: '{size} are free on the disk of DATA_DIR.',
    how: 'Download one: npm run models -- add <name>',
    none: 'No model is here. See what can be had: npm run models -- list',
    others: 'Also here:',
    packages: 'What runs these models is not installed: {command}',
    asking: 'Asking {hub} …',
    checking: 'Checking what has arrived …',
    progress: '{percent}  {done} of {total}  {speed}/s  {left}',
    fromExport: '{name} has no ONNX files of its own: {repository} is downloaded.',
    added: 'Downloaded: {name} ({size}).',
    wasHere: '{name} was here already, and is whole.',
    offered: 'Prosa offers it as {id} within half a minute, without a restart.',
    leftOut: 'LLM_MODELS or MODELS_FILE leave it out: name it there as {id}, and restart.',
    removed: 'Removed: {name}.',
    ready: 'can be used',
    stopped: 'Stopped. What has arrived is kept: the same command goes on from there.',
    licence: 'Licence: {licence}. See {page}',
  },
  'pt-BR': {
    usage: `Uso:
  npm run models -- list            o que é recomendado e o que já está aqui
  npm run models -- add <nome>      baixa um modelo: um da lista ou dono/nome do hub
  npm run models -- remove <nome>   remove um modelo
  npm run models -- status          o que está aqui e se pode ser usado`,
    here: 'aqui',
    partly: '{part} aqui',
    about: 'cerca de {size}',
    rough: 'Tamanhos e licenças são de memória: {hub} não respondeu.',
    free: 'Há {size} livres no disco de DATA_DIR.',
    how: 'Para baixar um: npm run models -- add <nome>',
    none: 'Não há nenhum modelo aqui. Veja o que pode ser baixado: npm run models -- list',
    others: 'Também estão aqui:',
    packages: 'O que roda estes modelos não está instalado: {command}',
    asking: 'Consultando {hub} …',
    checking: 'Conferindo o que chegou …',
    progress: '{percent}  {done} de {total}  {speed}/s  {left}',
    fromExport: '{name} não tem arquivos ONNX próprios: baixando {repository}.',
    added: 'Baixado: {name} ({size}).',
    wasHere: '{name} já estava aqui, inteiro.',
    offered: 'O Prosa o oferece como {id} em até meio minuto, sem reiniciar.',
    leftOut: 'LLM_MODELS ou MODELS_FILE o deixam de fora: inclua {id} lá e reinicie.',
    removed: 'Removido: {name}.',
    ready: 'pode ser usado',
    stopped: 'Interrompido. O que chegou está guardado: o mesmo comando continua dali.',
    licence: 'Licença: {licence}. Veja {page}',
  },
};

/** The text with its values. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '…');
}
