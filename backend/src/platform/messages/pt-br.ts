import type { ErrorCode } from '../error-codes.js';

/** Portuguese words for each error. `{name}` stands for a detail of the error. */
export const ptBr: Record<ErrorCode, string> = {
  'REQUEST.INVALID': 'Não foi possível entender o pedido. Confira: {fields}.',
  'REQUEST.TOO_LARGE': 'O pedido passa de 1 MiB.',
  'REQUEST.NOT_FOUND': 'Não há nada neste endereço.',
  'REQUEST.METHOD_NOT_ALLOWED': 'Este endereço não aceita esse método.',
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': 'Envie o corpo como application/json.',
  'REQUEST.CROSS_SITE': 'Este pedido veio de outro site e foi recusado.',
  'REQUEST.RATE_LIMITED': 'Pedidos demais. Tente de novo em {retryAfterSeconds} s.',
  'SERVER.ERROR':
    'Algo deu errado do nosso lado. Tente de novo; se continuar, informe o código do pedido ao administrador.',
  'SERVER.DATABASE_UNAVAILABLE':
    'Não foi possível falar com o banco de dados. Tente de novo em alguns segundos.',
  'SERVER.STORAGE_UNAVAILABLE':
    'O servidor não consegue gravar nada agora. Avise um administrador.',
  'SERVER.STOPPING': 'O servidor está reiniciando. Tente de novo em alguns segundos.',
  'AUTH.REQUIRED': 'Entre para continuar.',
  'AUTH.INVALID_CREDENTIALS': 'Usuário ou senha incorretos.',
  'AUTH.SESSION_ENDED': 'Sua sessão terminou. Entre de novo.',
  'AUTH.TOO_MANY_ATTEMPTS': 'Tentativas demais. Tente de novo em {retryAfterSeconds} s.',
  'AUTH.FORBIDDEN': 'Só um administrador pode fazer isso.',
  'AUTH.PERSON_REQUIRED':
    'Só uma pessoa que entrou com sua senha pode fazer isso, não um programa.',
  'AUTH.PASSWORD_CHANGE_REQUIRED': 'Escolha uma nova senha primeiro.',
  'AUTH.WRONG_PASSWORD': 'A senha atual está incorreta.',
  'SETUP.DONE': 'O Prosa já tem um administrador. Entre.',
  'SETUP.CODE_REQUIRED': 'Informe o código de instalação que o servidor mostrou ao iniciar.',
  'USER.NOT_FOUND': 'Esta pessoa não existe.',
  'USER.USERNAME_TAKEN': 'Este nome de usuário já está em uso.',
  'USER.USERNAME_INVALID':
    'No nome de usuário, use de 2 a 64 letras sem acento, números, pontos, hífens, sublinhados ou @.',
  'USER.PASSWORD_TOO_SHORT': 'Use pelo menos {minimum} caracteres na senha.',
  'USER.PASSWORD_TOO_LONG': 'Use no máximo {maximum} caracteres na senha.',
  'USER.PASSWORD_TOO_COMMON': 'Esta senha está entre as mais comuns. Escolha outra.',
  'USER.PASSWORD_UNCHANGED': 'A nova senha é igual à atual.',
  'USER.LAST_ADMINISTRATOR': 'O Prosa precisa de pelo menos um administrador ativo.',
  'CONVERSATION.NOT_FOUND': 'Esta conversa não existe.',
  'CONVERSATION.DELETED': 'Esta conversa está na lixeira. Restaure-a primeiro.',
  'POST.NOT_FOUND': 'Esta mensagem não existe.',
  'POST.PROMPT_EMPTY': 'Escreva algo primeiro.',
  'POST.PROMPT_TOO_LONG': 'A mensagem tem {length} caracteres; o limite é {maximum}.',
  'POST.WINDOW_EXCEEDED':
    'Só a mensagem já passa do que o modelo consegue ler em cerca de {excess} tokens. Encurte-a ou escolha outro modelo.',
  'POST.STILL_ANSWERING': 'Esta mensagem ainda está sendo respondida.',
  'POST.NOTHING_TO_CONTINUE': 'Esta resposta está completa; não há o que continuar.',
  'SUMMARY.NOT_FOUND': 'Este resumo não existe.',
  'POST.BRANCH_TOO_LONG':
    'Até aqui a conversa tem mais de {maximum} mensagens. Ramifique de uma anterior.',
  'COMMAND.NOT_FOUND': 'Este comando não existe.',
  'COMMAND.NAME_INVALID':
    'O nome de um comando tem de 1 a 32 letras, números e hifens, e não começa com hífen.',
  'COMMAND.NAME_TAKEN': 'Já existe um comando com este nome. Escolha outro nome.',
  'COMMAND.TOO_MANY': 'Já existem {maximum} comandos. Exclua um primeiro.',
  'COMMAND.PROMPT_TOO_LONG':
    'Com o texto do comando, a mensagem tem {length} caracteres; o limite é {maximum}.',
  'COLLECTION.NOT_FOUND': 'Esta coleção não existe.',
  'COLLECTION.READ_ONLY': 'Você pode ler esta coleção, mas não alterá-la.',
  'COLLECTION.DELETED': 'Esta coleção está na lixeira. Restaure-a primeiro.',
  'COLLECTION.TOO_MANY': 'Você já tem {maximum} coleções. Exclua uma primeiro.',
  'COLLECTION.FULL': 'Há {maximum} documentos nesta coleção. Comece outra.',
  'COLLECTION.NO_ROOM':
    'Não há mais espaço para isto: os documentos do dono de uma coleção podem ocupar {mb} MB, contando a lixeira. Exclua alguns de vez primeiro.',
  'DOCUMENT.NOT_FOUND': 'Este documento não existe.',
  'DOCUMENT.DELETED': 'Este documento está na lixeira. Restaure-o primeiro.',
  'DOCUMENT.FILE_EXPECTED': 'Envie um arquivo como multipart/form-data, no campo “file”.',
  'DOCUMENT.ADDRESS_INVALID':
    'Isto não é o endereço de uma página. Ele começa com http:// ou https://.',
  'DOCUMENT.KIND': 'Isso não pode ser feito com um documento deste tipo.',
  'DOCUMENT.IN_PROGRESS': 'Este documento está sendo preparado. Espere até ficar pronto.',
  'DOCUMENT.NOT_FAILED': 'Este documento não falhou: não há nada a tentar de novo.',
  'DOCUMENT.TOO_MANY_WAITING':
    'Há {maximum} documentos seus ainda sendo preparados. Envie mais quando alguns ficarem prontos.',
  'PASSAGE.NOT_FOUND': 'Este trecho não está mais guardado.',
  'DOCUMENT.SAME': 'O mesmo arquivo já está nesta coleção.',
  'DOCUMENT.EMPTY': 'Não há nada neste arquivo.',
  'DOCUMENT.TYPE':
    'O Prosa não lê este tipo de arquivo. Ele lê PDF, DOCX, PPTX, XLSX, CSV, HTML, Markdown e texto puro.',
  'DOCUMENT.TOO_BIG': 'Este arquivo tem mais de {mb} MB.',
  'DOCUMENT.ENCRYPTED': 'Este arquivo está protegido por senha. Salve sem senha e envie de novo.',
  'DOCUMENT.NO_TEXT':
    'Não há texto neste arquivo. Se for digitalizado, ele tem só a imagem do texto, e o Prosa não reconhece texto em imagens (OCR).',
  'DOCUMENT.BOMB':
    'Este arquivo, descompactado, fica muito maior do que um documento e não foi aberto. Salve de novo no programa em que foi feito.',
  'DOCUMENT.DAMAGED':
    'Este arquivo está danificado ou incompleto. Abra, salve de novo e tente outra vez.',
  'DOCUMENT.TOO_SLOW':
    'A leitura deste arquivo demorou demais e foi interrompida. Divida em arquivos menores.',
  'DOCUMENT.TOO_LARGE_TO_READ':
    'A leitura deste arquivo exige memória demais. Divida em arquivos menores.',
  'DOCUMENT.UNREACHABLE': 'Não foi possível ler a página em {host} ({why}).',
  'DOCUMENT.PRIVATE':
    'O endereço {host} leva a uma rede privada, que o Prosa não abre. Um administrador pode liberar (FETCH_ALLOW).',
  'DOCUMENT.PAGE_TYPE': 'O que está em {host} não é uma página nem um texto que o Prosa leia.',
  'DOCUMENT.FAILED':
    'Não foi possível preparar este documento. Tente de novo; se continuar, avise um administrador.',
  'USAGE.DAYS_REVERSED': 'O primeiro dia (from: {from}) vem depois do último (to: {to}).',
  'USAGE.TOO_MANY_DAYS':
    'De {from} a {to} são {days} dias; o limite é {maximum}. Confira: from, to.',
  'USAGE.TOO_MANY_ROWS':
    'São mais de {maximum} linhas. Peça menos dias, agrupe por menos ou baixe o arquivo.',
  'GUARDRAIL.POLICY_NOT_FOUND': 'Esta versão dos guardrails não existe.',
  'GUARDRAIL.POLICY_INVALID': 'Os arquivos desta política têm erros: veja onde, linha por linha.',
  'GUARDRAIL.POLICY_PUBLISHED':
    'Esta versão já foi publicada e fica guardada, para poder ser publicada de novo.',
  'GUARDRAIL.TOO_MANY_PROMPTS': 'O arquivo tem mais de {most} prompts.',
  'GUARDRAIL.NO_PROMPT':
    'A linha {line} não é um prompt: é preciso um objeto JSON com um text de até 200.000 caracteres.',
  'RUN.KEY_REUSED': 'Esta Idempotency-Key já foi usada em outro pedido.',
  'RUN.KEY_INVALID': 'Uma Idempotency-Key tem de 1 a 200 caracteres ASCII visíveis.',
  'RUN.TOO_MANY':
    'Não cabe mais uma resposta ao mesmo tempo: o limite é {maximum}. Espere uma terminar ou pare uma.',
  'RUN.INTERRUPTED':
    'A resposta foi interrompida. O que já tinha chegado foi guardado: continue ou gere de novo.',
  'RUN.STILL_ANSWERING':
    'A resposta está demorando e continua sem você. Pergunte de novo com a mesma Idempotency-Key, ou leia a mensagem mais tarde.',
  'GUARDRAIL.BLOCKED':
    'A mensagem foi barrada pelas regras de segurança. Ela não foi guardada nem enviada.',
  'GUARDRAIL.ANSWER_BLOCKED': 'A resposta foi interrompida pelas regras de segurança.',
  'GUARDRAIL.NOT_STORED':
    'A mensagem foi barrada e não foi guardada: não há o que perguntar de novo. Escreva outra.',
  'GUARDRAIL.FAILED':
    'As regras de segurança não puderam ser verificadas. Nada foi mostrado nem enviado. Tente de novo.',
  'GUARDRAIL.TOO_LONG':
    'As regras de segurança não conseguem avaliar por inteiro uma mensagem deste tamanho. Nada foi guardado nem enviado. Encurte a mensagem ou envie em partes.',
  'LIMIT.NOT_FOUND': 'Este limite não existe.',
  'LIMIT.REQUESTS': 'O limite de perguntas foi atingido. Pergunte de novo quando ele for renovado.',
  'LIMIT.TOKENS':
    'O limite de tokens não comporta esta resposta. Pergunte de novo quando ele for renovado.',
  'LIMIT.BUDGET':
    'O orçamento não comporta esta resposta. Pergunte de novo quando ele for renovado.',
  'LIMIT.UNPRICED':
    'Não se sabe o preço deste modelo, e há um orçamento a respeitar. Escolha outro modelo ou peça a um administrador que informe o preço.',
  'MODEL.UNKNOWN': 'Não existe o modelo “{model}”.',
  'MODEL.UNAVAILABLE': 'O modelo não está disponível agora. Tente de novo ou escolha outro modelo.',
  'MODEL.UNAUTHORIZED':
    'O provedor do modelo recusou nossa chave. Um administrador precisa conferi-la.',
  'MODEL.RATE_LIMITED': 'O provedor do modelo está sobrecarregado. Tente de novo daqui a pouco.',
  'MODEL.BUSY': 'Já há perguntas demais esperando por este modelo. Tente de novo daqui a pouco.',
  'MODEL.NOT_FOUND':
    'O provedor não conhece este modelo. Um administrador precisa conferir o nome.',
  'MODEL.OVERFLOW': 'A conversa não cabe no modelo. Comece outra ou escolha outro modelo.',
  'MODEL.TIMEOUT': 'O modelo demorou demais. Tente de novo.',
  'MODEL.UNREACHABLE':
    'Não foi possível falar com o provedor do modelo. Tente de novo ou avise um administrador.',
  'MODEL.BAD_ANSWER': 'O provedor do modelo respondeu algo que não dá para entender.',
  'MODEL.CUT_SHORT':
    'A resposta foi cortada. O que já tinha chegado foi guardado: continue ou gere de novo.',
  'MODEL.FILTERED': 'O provedor do modelo reteve esta resposta.',
  'MODEL.EMPTY': 'O modelo não respondeu nada. Tente de novo.',
  'MODEL.LENGTH': 'A resposta chegou ao tamanho máximo permitido. Continue-a para ler o resto.',
  'MODEL.NOT_INSTALLED':
    'Este modelo roda no próprio servidor, que não tem os pacotes para isso. Um administrador pode instalá-los e reiniciar.',
  'MODEL.FILE_MISSING':
    'Os arquivos deste modelo não estão no servidor. Um administrador precisa colocá-los lá.',
  'MODEL.FILE_INVALID':
    'Os arquivos deste modelo estão incompletos, danificados ou não são de um modelo. Um administrador precisa obtê-los de novo.',
  'MODEL.NAME_UNKNOWN':
    'Este não é um modelo que o Prosa consiga rodar sozinho. Um administrador precisa corrigir o nome.',
  'MODEL.SETTING_INVALID':
    'Uma configuração deste modelo não pode ser usada. Um administrador precisa corrigi-la.',
  'MODEL.MISCONFIGURED':
    'Há um erro na configuração deste modelo. O administrador encontra os detalhes no log do servidor.',
  'DOWNLOAD.NAME_INVALID':
    'Os modelos do hub se chamam dono/nome ou, um só arquivo, dono/nome/arquivo.gguf: “{name}” não é nem um nem outro.',
  'DOWNLOAD.BUSY': 'Outro modelo está sendo baixado. Espere por ele ou cancele.',
  'DOWNLOAD.NOT_UNDER_WAY': 'Este download já terminou.',
  'DOWNLOAD.NOT_HERE': 'Não há um modelo {name} na pasta models.',
  'DOWNLOAD.OFFLINE':
    'O servidor não alcança {hub}. Confira a saída dele para a internet (ou HF_ENDPOINT); o que chegou está guardado.',
  'DOWNLOAD.NOT_FOUND':
    'O hub não mostra a ninguém um modelo {name}. Confira o nome; um modelo privado exige um token em HF_TOKEN.',
  'DOWNLOAD.NO_SUCH_FILE': 'Não há um arquivo {file} em {name}.',
  'DOWNLOAD.TOKEN_NEEDED':
    'Só quem aceitou a licença recebe {name}. Aceite-a em {hub} e dê o seu token ao Prosa em HF_TOKEN.',
  'DOWNLOAD.TOKEN_REFUSED': 'O token de HF_TOKEN foi recusado por {hub}. Crie outro lá.',
  'DOWNLOAD.GATED':
    'O dono de HF_TOKEN não recebe {name}. Aceite a licença na página do modelo em {hub} e tente de novo.',
  'DOWNLOAD.RATE_LIMITED':
    'O hub {hub} pede para esperar {retryAfterSeconds} s até o próximo download. O que chegou está guardado.',
  'DOWNLOAD.HUB_FAILED':
    'O hub {hub} falhou (HTTP {status}). Tente mais tarde; o que chegou está guardado.',
  'DOWNLOAD.BAD_ANSWER':
    'Quem respondeu não é um hub de modelos. Confira HF_ENDPOINT e se há um proxy no caminho.',
  'DOWNLOAD.CUT_SHORT':
    'A conexão caiu várias vezes seguidas. O que chegou está guardado: baixe de novo para continuar dali.',
  'DOWNLOAD.CHECKSUM': 'O arquivo {file} não chegou como está no hub e foi apagado. Baixe de novo.',
  'DOWNLOAD.NOT_RUNNABLE':
    'Em {name} não há nada que o Prosa consiga rodar: nem um arquivo GGUF, nem uma exportação ONNX de um T5. Procure um cujo nome termine em GGUF.',
  'DOWNLOAD.NOT_A_MODEL':
    'O arquivo {file} não é um modelo que o Prosa consiga rodar, embora tenha chegado como está no hub. Foi apagado.',
  'DOWNLOAD.DISK_FULL':
    'Não há espaço no disco de DATA_DIR: são necessários {neededMb} MB, e há {freeMb} MB livres.',
  'DOWNLOAD.FOLDER': 'O Prosa não consegue escrever na pasta models de DATA_DIR ({reason}).',
};
