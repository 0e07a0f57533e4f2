/**
 * Words that people use for the same thing, one group a line, folded (no accents, lower case).
 * Inflections need no entry: words are compared by their stems. Also here: words whose stem
 * differs from their verb's (`conexao`, `conectar`), and English words used in Portuguese.
 */
const PORTUGUESE = `
apagar excluir deletar remover eliminar descartar delete exclusao remocao
recuperar restaurar desfazer voltar undo desapagar
definitivamente permanente permanentemente definitivo
lixeira lixo reciclagem
conversa chat dialogo papo
historico anteriores antigas passadas
usuario pessoa colega funcionario gente membro colaborador pessoal user
adicionar cadastrar convidar incluir criar cadastro
administrador admin chefe gestor adm gerente root
senha password credencial
esquecer perder esqueci perdi lembrar
redefinir resetar reset recuperacao
trocar mudar alterar modificar mudanca alteracao troca substituir definir
editar corrigir reescrever edicao
titulo nome renomear
fixar pin afixar destacar favoritar prender
buscar procurar pesquisar encontrar achar localizar busca pesquisa search
entrar login logar acessar acesso autenticar autenticacao
sair logout deslogar desconectar saida
aparelho dispositivo celular telefone smartphone
bloquear suspender bloqueio suspensao desativar banir
tentativa tentar
conectar ligar configurar integrar conexao integracao plugar configuracao apontar
chave key token
iniciar comecar rodar executar start arrancar inicio
parar interromper cancelar encerrar desligar stop interrupcao
continuar prosseguir retomar continuacao
gerar regenerar refazer regerar
copiar copia
backup copia salvaguarda
guardar armazenar salvar gravar armazenamento gravado
dado arquivo informacao
pasta diretorio folder
banco database bd
ip endereco
rede escritorio lan
idioma lingua portugues ingles linguagem
tema aparencia escuro dark noturno claro
atalho tecla
atualizar upgrade update atualizacao versao
instalar instalacao setup
porta port
erro falha problema error
demorar lento travar timeout responder inacessivel lentidao
seguranca seguro protecao proteger privacidade
criptografar cifrar hash criptografia cifrada
https ssl tls certificado
proxy nginx caddy traefik
memoria ram
processador cpu
limite maximo limitar
longo comprido grande tamanho
imagem foto figura desenho desenhar
documento pdf planilha word excel anexo
anexo anexar upload enviar subir carregar importar
internet web online navegar
compartilhar dividir share exportar
custo preco gasto dinheiro valor
servico systemd daemon
contexto janela
streaming sse tempo-real stream pouco
aba janela guia
fechar sair
navegador browser
permissao permitir politica policy
regiao zona
modelo llm ia inteligencia
local localmente offline
maquina computador servidor pc
equipe time empresa organizacao
postgres postgresql
kubernetes k8s
mariadb mysql
health saude
log registro
desligar parar
cair queda crash travamento
morrer morto matar kill
requisito prerequisito exigencia
rota endpoint
openapi swagger especificacao
instancia replica processo
exemplo amostra
reiniciar reinicio reboot boot
pessoal privado
diferenca comparar
duracao durar expirar vencer validade
fallback reserva alternativa
linha quebra
papel perfil funcao role
`;

const ENGLISH = `
delete remove erase discard deletion removal
recover restore undo back retrieve
permanently forever
trash bin recycle
conversation chat thread dialogue discussion
history previous past earlier
user person people coworker colleague employee member teammate account
add invite create register new signup
administrator admin boss manager root
password passphrase credential
forgot lost forget lose remember
reset recover
change switch modify alter replace set define
edit correct rewrite revise
title name rename
pin favourite favorite star
search find look locate
login log access authenticate authentication
logout everywhere
device phone mobile
block suspend ban disable deactivate lock
attempt tries try
connect hook link configure integrate plug attach configuration connection point
key token
start launch boot begin run startup
stop interrupt cancel abort halt shut shutdown quit
continue resume finish
regenerate redo retry again another
copy clipboard
backup copy dump
store save keep hold written
data files information
folder directory
database db
address ip host
network office lan
language portuguese english
theme dark light appearance night
shortcut hotkey key
upgrade update version release
install installation setup
error failure problem fail
slow timeout hang respond unreachable
security secure safe protection privacy
encrypt hash encryption
https ssl tls certificate
proxy nginx caddy traefik
memory ram
cpu processor
limit maximum quota
long large big
picture image photo draw
document pdf spreadsheet word excel attachment
attachment upload attach import
internet web online browse
share export
cost price spending money
service systemd daemon
context window
stream streaming sse real-time
tab window
browser chrome firefox
permission policy allow
model llm ai
local locally offline
machine computer server pc
team company organisation organization
postgres postgresql
kubernetes k8s
health liveness readiness
logs logging
crash die killed
role permission
prompt question message
reply answer response
email mail
promote demote
requirement prerequisite
route endpoint
openapi swagger spec specification
instance replica process
example sample
boot reboot restart
personal private
last duration expire expiry validity
fallback failover preference
taken occupied
`;

/** Several words that mean one, replaced before a question or passage is cut into words. */
const PORTUGUESE_PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\blog(?:ar|ado|ada|ou|uei|amos)\b/g, 'entrar'],
  [/\bdeslog(?:ar|ado|ada|ou|uei)\b/g, 'sair'],
  [/\bbate[ -]papo\b/g, 'conversa'],
  [/\be-mail\b/g, 'email'],
  [/\bbanco de dados\b/g, 'database'],
  [/\btempo real\b/g, 'streaming'],
  [/\bdois fatores\b/g, '2fa'],
  [/\bvariavel de ambiente\b/g, 'env'],
  [/\bvariaveis de ambiente\b/g, 'env'],
  [/\bback-?up\b/g, 'backup'],
];

const ENGLISH_PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bback(?:ing|ed)?[ -]up\b/g, 'backup'],
  [/\b(?:log|logs|logged|logging|sign|signed|signing)[ -]?(?:in|on)\b/g, 'login'],
  [/\b(?:log|logged|logging|sign|signed|signing)[ -]?(?:out|off)\b/g, 'logout'],
  [/\bsign(?:ing)?[ -]up\b/g, 'signup'],
  [/\bset(?:ting)?[ -]up\b/g, 'configure'],
  [/\bshut(?:ting)? down\b/g, 'shutdown'],
  [/\btim(?:e|es|ed|ing)[ -]out\b/g, 'timeout'],
  [/\be-mail\b/g, 'email'],
  [/\btwo[ -]factor\b/g, '2fa'],
  [/\benvironment variables?\b/g, 'env'],
  [/\bfall(?:s|ing)?[ -]back\b/g, 'fallback'],
  [/\breal[ -]time\b/g, 'streaming'],
  [/\brecycle bin\b/g, 'trash'],
];

const groups = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map((line) => line.split(' ').filter(Boolean))
    .filter((group) => group.length > 1);

export interface Synonyms {
  readonly groups: readonly (readonly string[])[];
  readonly phrases: readonly (readonly [RegExp, string])[];
}

export const PORTUGUESE_SYNONYMS: Synonyms = {
  groups: groups(PORTUGUESE),
  phrases: PORTUGUESE_PHRASES,
};

export const ENGLISH_SYNONYMS: Synonyms = {
  groups: groups(ENGLISH),
  phrases: ENGLISH_PHRASES,
};
