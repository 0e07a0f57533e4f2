/**
 * What speaks for answering from the model alone, and what for the documents of a team, as patterns
 * over folded text (lower case, no accents), Portuguese and English.
 */

/** Works on text that is given: it needs no other. */
export const TRANSFORMING =
  /^(por favor,? |please,? |agora,? |now,? |voce (pode|poderia) |can you |could you |pode )?(me )?(traduz\w*|corrij\w*|corrig\w*|revis(e|ar|a) (o|a|este|esta|esse|essa|meu|minha)|reescrev\w*|parafrase\w*|reformul\w*|converta|converter|formate|formatar|resum(a|e|ir) (o texto|este texto|esse texto|o seguinte|o paragrafo|isto|isso)|melhore (o|este|esse|meu)|translate|rewrite|paraphrase|proofread|correct|fix|convert|format|rephrase|shorten|summari[sz]e (this|the following|the text|the paragraph))\b/;

/** Makes something new: what is said of today in it is only matter. */
export const MAKING =
  /^(por favor,? |please,? |agora,? |now,? |voce (pode|poderia) |can you |could you |preciso (que voce )?|quero (que voce )?|gostaria (que voce )?|i (want|need) you to |help me |me ajud\w+ a )?(me )?(escrev\w*|redij\w*|redigir|crie|criar|cria|compon\w*|componha|faca|faz|fazer|invent\w*|elabor\w*|gere|gerar|imagin\w*|desenhe|sugir\w*|sugeri\w*|de-me|me de|conte|contar|liste ideias|monte|montar|prepare|bole|planej\w*|dramatiz\w*|finja|atue|simule|write|compose|draft|create|make|generate|invent|imagine|brainstorm|suggest|design|pretend|act as|tell me a|give me (a|an|some|ten|five|three|\d+) (ideas?|names?|examples?|jokes?|tips?))\b/;

/** Asks what something is, how it works, why: known for long. */
export const CONCEPT =
  /^(o que (e|sao|significa|quer dizer)|que (e|significa)|como (funciona|funcionam|se (calcula|forma|faz|define)|e (feit[ao]|calculad[ao]|formad[ao])|calcul\w+|surgiu|nasceu)|por ?que|explique|explica|me explique|defina|qual (e )?a (diferenca|origem|historia|definicao|formula)|para que serve|quem (foi|inventou|escreveu|descobriu|criou|pintou|compos)|quando (foi|surgiu|nasceu|morreu|comecou a|terminou a|aconteceu)|historia d|origem d|what (is|are) (a|an|the difference|meant)|what does .{1,60} mean|how (does|do|did) .{1,60} (work|works|form|get|come|begin|start|function)|how (is|are|was|were) .{1,60} (calculated|made|formed|computed|set|determined|measured|defined)|why|explain|define|who (was|invented|wrote|discovered|painted|composed)|when (was|did)|history of|origin of)\b/;

/** Greetings, thanks, talk. */
export const TALK =
  /^(oi+|ola|opa|e ai|bom dia|boa (tarde|noite)|tudo (bem|bom|certo)|obrigad\w*|valeu|ok\w*|certo|entendi|legal|otimo|perfeito|beleza|sim|nao|claro|tchau|ate (logo|mais|amanha)|hello|hi|hey|good (morning|afternoon|evening)|thanks?|thank you|great|cool|nice|yes|no|sure|bye|how are you|como (vai|voce esta|vai voce)|quem e voce|who are you|continue|go on|prossiga|e depois)\b[\s\S]{0,40}$/;

/** Code, sums: nothing that is looked up. */
export const WORKING =
  /```|\b(select .{1,60} from|function\b.{0,40}\(|def \w+\(|regex|expressao regular|stack trace|traceback|segfault|null ?pointer|em (python|javascript|typescript|java|c\+\+|rust|golang|sql|php)|in (python|javascript|typescript|java|c\+\+|rust|golang|sql|php)|calcule|calcular|quanto e \d|resolva|solve|compute|derivada|integral d|equacao|big[- ]o)\b|^[\d\s+*/().,^%=x-]+\??$/;

const NOUNS_PT =
  '(politicas?|contratos?|manua(l|is)|process(o|os)|procedimentos?|regulamentos?|regimento|empresa|equipe|time|produtos?|clientes?|projetos?|escritorio|sede|fornecedor(es)?|tabelas?|reembolsos?|ferias|beneficios?|planos?|metas?|reuni(ao|oes)|atas?|relatorios?|orcamentos?|sistemas?(?! (solar|nervos|imun|digest|respirat|educac|eleitor))|lojas?|precos?|ferramentas?|regras?|horarios?|escala|plantao|ramal|ramais|departamento|setor|servicos?|sla|normas?|codigo de conduta|estatuto|edital|cronograma|calendario|organograma|apolice|proposta|wiki|intranet|onboarding|roadmap|diretrizes?|documentac(ao|oes)|documentos?|arquivos?|base de conhecimento|suporte|rh|ti|financeiro|juridico)';
const NOUNS_EN =
  '(polic(y|ies)|contracts?|handbook|manual|process(es)?|procedures?|guidelines?|company|team|products?|customers?|clients?|projects?|office|headquarters|vendors?|suppliers?|pricing|prices?|rules?|on-?call|refunds?|vacation|benefits?|plans?|goals?|meetings?|minutes|reports?|budget|systems?|store|department|services?|sla|code of conduct|bylaws|schedule|calendar|org chart|proposal|wiki|intranet|onboarding|roadmap|runbooks?|playbook|docs|documentation|documents?|files?|knowledge base|support|hr|it|finance|legal|release process|incident\\w*|okrs?)';

/** What a team keeps in its documents. */
export const INTERNAL: readonly RegExp[] = [
  /\b[oa]s? (regulamento|regimento|manual|contrato|politica|edital|estatuto|apolice|documento|relatorio|ata|proposta|procedimento)( \w+| de \w+)? (diz|dizem|preve|preveem|estabelece|permite|exige|fala|determina|define)\b/,
  new RegExp(`\\bnoss[ao]s? (?:\\w+ )?${NOUNS_PT}\\b`),
  /\b(minha empresa|meu contrato|minha apolice|meus (documentos|arquivos)|meu (documento|arquivo|relatorio))\b/,
  new RegExp(`\\b(our|my company's|the company's|my team's) (\\w+ )?${NOUNS_EN}\\b`),
  /\b(segundo|conforme|de acordo com|com base n[oa]s?|baseado n[oa]s?|a partir d[oa]s?|pel[oa]s?|consta n[oa]s?|diz(em)? [oa]s?|fala(m)? [oa]s?|preve(em)? [oa]s?|estabelece(m)? [oa]s?|informa(m)? [oa]s?)( [oa]s?)? (noss[ao]s? |meus? |minhas? )?(politica|contrato|manual|regulamento|regimento|documento|documentos|documentacao|edital|relatorio|estatuto|ata|atas|anexo|anexos|arquivo|arquivos|pdf|planilha|apostila|proposta|guia|apolice|laudo|parecer|procedimento|norma|cartilha|base de conhecimento|wiki|faq|colecao|colecoes)\b/,
  /\b(n[oa]s?|d[oa]s?|ess[ea]|est[ea]|dess[ea]|dest[ea]|ness[ea]|nest[ea]) (documentos?|anexos?|arquivos?|pdf|pdfs|planilhas?|edital|apolice|ata|atas|contrato|relatorio|manual|regulamento|regimento interno|estatuto|base de conhecimento|wiki( interna)?|intranet|colecao|colecoes|laudo|parecer|apresentacao|slides|cartilha|apostila|transcricao)\b/,
  /\b(d[ae]|n[ae]) (empresa|firma|companhia|equipe|nossa equipe|escritorio|organizacao) (?!mais|que mais|brasileira|americana|de (software|tecnologia) (do|no|mais))/,
  /\b(n[ao]|d[ao]) (empresa|firma|companhia|escritorio)\?*$/,
  /\b(a|minha) (empresa|firma|companhia) (permite|paga|oferece|exige|aceita|cobre|reembolsa|concede|da|adota|usa|proibe)\b/,
  /\b(does|do|will) (the|my) (company|office|firm) (allow|pay|offer|require|accept|cover|reimburse|provide|use|forbid)\b/,
  /\b(politica|manual|codigo|regulamento|processo|fluxo|procedimento)( intern[ao])? de (reembolsos?|ferias|viagens?|viagem|home office|trabalho remoto|teletrabalho|conduta|beneficios|compras|seguranca|privacidade|admissao|demissao|desligamento|onboarding|integracao|aprovacao|despesas|ponto|horas extras|licencas?|devolucao|trocas)\b/,
  /\b(documentos?|arquivos?|anexos?) (que (eu )?(envi\w+|anex\w+|mand\w+|carreg\w+)|anexad\w+|enviad\w+|carregad\w+|em anexo)\b/,
  /\b(in|from|of|per|to|within|does|do|the|this|these) (the |this |that |my |attached |uploaded |these )*(employee |staff |team |company )?(documents?|attachments?|attached|handbook|contract|pdf|spreadsheet|file i (uploaded|attached|sent)|uploaded files?|files? i (uploaded|attached|sent)|minutes|bylaws|knowledge base|wiki|intranet|policy manual|employee manual|runbook|playbook|transcript|slides|slide deck)\b/,
  /\b(according to|based on|as stated in|as per|per) (the|our|this|my) (\w+ ){0,2}(policy|contract|handbook|manual|guidelines?|documents?|documentation|report|minutes|file|pdf|spreadsheet|agreement|proposal|runbook|playbook|collection|wiki|docs)\b/,
  /\b(company|team|internal|office) (policy|policies|handbook|guidelines?|wiki|docs|rules|procedures?|holidays?|benefits?|directory)\b/,
  /\b(expense|refund|vacation|travel|remote work|leave|parental leave|onboarding|offboarding|security|privacy|purchasing|return|dress code) (policy|procedure|process|guidelines?)\b/,
];

/** What is everybody's, when somebody says that it is ours. */
const EVERYBODYS =
  'pais|planeta|mundo|corpo|corpos|cerebro|lingua|idioma|epoca|vida|vidas|sociedade|galaxia|universo|sol|lua|especie|sistema|cultura|historia|cidade|estado|senhora|senhor|moeda|ancestra\\w*|antepassados|civilizac\\w*|tempo|dias|pele|olhos?|country|planet|world|bod(?:y|ies)|brains?|language|age|times?|li(?:fe|ves)|society|galaxy|universe|sun|moon|species|solar|culture|history|city|state|ancestors|skin|eyes?|own';

/** Something of the team's own, whatever it is: speaks for documents where it is asked about. */
export const OURS = new RegExp(`\\b(?:noss[ao]s?|our) (?!(?:${EVERYBODYS})\\b)[a-z]{3,}`);

/** Compares what the team has with what is outside. */
export const COMPARING =
  /\b(compar\w*|versus|vs\.?|em relacao a|bate com|ainda (esta|e|sao|estao|vale|valem) (validos?|vigentes?|atual\w*|de acordo|em linha|compativel|competitivos?)|(esta|estao) (de acordo com|em linha com|atualizad\w+|acima|abaixo|dentro)|still (up to date|current|valid|compliant|competitive|match\w*)|(in line|compliant|comply|comply|compl\w+) with|against|above|below|differ\w*|mudou|mudaram|changed since|alem d|as well as|tanto .{1,60} quanto|both)\b/;

/** Says that the answer lies outside, whatever document is named. */
export const OUTSIDE =
  /\b(mercado|concorren\w+|concorrencia|legislacao|lei (atual|vigente|nova)|nova lei|clt|lgpd|gdpr|noticias?|cotac(ao|oes)|cambio|dolar|euro|ipca|igp-?m|inpc|selic|inflacao|previsao do tempo|internet|na web|google|market|competitors?|industry|news|exchange rate|inflation|current law|regulation|legal requirements?|weather)\b/;

/** About Prosa itself. */
export const DOCUMENTATION: readonly RegExp[] = [
  /\bProsa\b(?! (e|ou|and|or|po[eé]tica|liter[aá]ria|brasileira|contempor[aâ]nea|modernista|de fic[cç][aã]o|medieval|rom[aâ]ntica))/,
  /\b(neste|nesse|deste|desse|este|esse) (aplicativo|app|assistente)\b/i,
  /\b(this|the) (app|assistant|chat app)\b/i,
];
