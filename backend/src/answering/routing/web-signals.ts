import type { RouteReason } from '../answer-event.js';

/**
 * What speaks for the web, as patterns over folded text (lower case, no accents), Portuguese and
 * English. Kept apart from the rules because they are read and corrected by people.
 */
export type WebReason = Extract<RouteReason, 'asked' | 'time' | 'date' | 'price' | 'news'>;

/** Phrases with the same words that ask for nothing recent: taken out before anything is looked for. */
export const HARMLESS: readonly RegExp[] = [
  /\b(hoje em dia|ate hoje|desde sempre e ate hoje|dia de hoje em diante|de hoje em diante|a partir de hoje|de hoje para amanha|mais hoje,? mais amanha)\b/g,
  /\b(no meu tempo|no seu tempo|no tempo d[aeo]s?|perda de tempo|ao mesmo tempo|tempo verbal|tempo livre|faz tempo|quanto tempo|clima organizacional|clima de (festa|tensao|trabalho|equipe)|previsao orcamentaria)\b/g,
  /\b(o )?precos? d[aeo]s? (fama|sucesso|liberdade|amor|paz|felicidade|gloria|silencio|progresso|vida|alma|mentira|verdade|poder|beleza|guerra|desigualdade|ignorancia|solidao|vitoria|perfeicao|democracia)\b/g,
  /\b(a (qualquer|que) preco|preco (justo|psicologico)|elasticidade[- ]preco|custo de oportunidade|custos? emocional|custa (a )?crer|custe o que custar|moeda de troca)\b/g,
  /\b(agora (e )?que|agora ha pouco|e agora,|ate agora|so agora|agora pois|de agora em diante|por agora|agora,|ate o momento|no momento (em que|oportuno|certo)|a qualquer momento)\b/g,
  /\bagora (me |nos )?(escreva|traduza|explique|faca|liste|resuma|reescreva|mude|troque|continue|mostre|de|diga|conte|crie|adicione|acrescente|inclua|corrija|compare|imagine|responda|em (ingles|portugues|espanhol))\b/g,
  /\b(quem e voce|atual(mente)? estudo|fato atual|valor(es)? (humano|moral|etico|nutricional|absoluto|verdade|default|padrao|nulo|inicial)s?)\b/g,
  /\b(price of (fame|success|freedom|love|peace|happiness|glory|silence|progress|admiration|power|anarchy)|at (any|what) price|price elasticity|opportunity cost|priceless|cost of living a lie)\b/g,
  /\b(nowadays|these days|today's (world|youth|society)|back in the day|up to now|until now|for now|now that|right now i|now (write|translate|explain|make|list|summari[sz]e|rewrite|change|show|add|give|tell)|just now|every now and then|now and then|by now|current (working )?director(y|ies)|(electric|alternating|direct|ocean) current|current (user|value|element|node|index|item|line|row|branch|thread|process)|time complexity|time travel|time management|first time|last time|whether|weathering|under the weather)\b/g,
  /\b(ultim[ao]s? (ceia|desejo|imperador|moicano|elemento|linha|caractere|item|indice|digito|palavra|vontade|capitulo|frase|paragrafo|silaba)|em ultim[ao] (caso|instancia|analise)|por ultimo|last (element|item|line|word|character|supper|name|will|resort|index|row|paragraph|sentence))\b/g,
  /\b(corrente (eletrica|alternada|continua)|diretorio atual|usuario atual|elemento atual|linha atual|valor atual d[aeo] (variavel|contador|indice|campo))\b/g,
];

/** Asked for outright. */
export const ASKED: readonly RegExp[] = [
  /\b(pesquis\w+|procur\w+|busqu\w+|busca(r|ndo)?|olh\w+|veja|verifi\w+|confir\w+|consult\w+|ache|encontre)\b.{0,40}\b(na|pela|em) (web|internet|rede|google)\b/,
  /\b(na internet|na web|no google|googl\w+ (por|isso)|o que (diz|dizem) (a|na) (internet|web))\b/,
  /\b(search|look|check|find|browse|verify)\b.{0,40}\b(web|internet|online|google)\b/,
  /\b(on the (web|internet)|google (it|for))\b/,
  /\bhttps?:\/\/(?!localhost|127\.|0\.0\.0\.0|example\.)[\w-]+\.[\w.-]+/,
];

const MARKET =
  '(dolar|euro|libra|iene|peso argentino|yuan|franco suico|bitcoin|btc|ethereum|cripto\\w*|ibovespa|b3|nasdaq|dow jones|s&p ?500|selic|cdi|ipca|igp-?m|inpc|petroleo|brent|ouro|soja|milho|cafe|boi gordo|gasolina|etanol|diesel|gas de cozinha|petr4|vale3|itub4|acoes d\\w+ [\\w&.]+|dollar|pound|yen|gold|oil|shares?|stock|gas prices?)';

/** What something costs. */
export const PRICE: readonly RegExp[] = [
  /\b(cotac(ao|oes)|cambio d[oe]|taxa de cambio|exchange rate|stock price|share price|market cap)\b/,
  /\bquanto (custa|custam|ta custando|esta custando|esta valendo|vale|valem|sai|ta|esta) (hoje |agora )?(o |a |os |as |um |uma |1 )?\w{2,}/,
  /\b(qual|quais) (e |o |a |os |as |sao |sera )*(precos?|valor(es)?|tarifas?|taxas?) (atua(l|is) |medi[ao]s? )?(d[aeo]s?|para|pra|de um|de uma|por)\b/,
  /\bprecos? (atua(l|is) |medi[ao]s? )?(d[aeo]s?|de um|de uma) \w{2,}/,
  /\b(melhor(es)? precos?|mais barat[ao]s?|onde comprar|em promocao|ofertas? d)\b/,
  /\bhow much (is|are|does|do|for|would)\b.{1,60}\b(cost|costs|worth|trading|today|now|per|go for|price)\b/,
  /\bhow much (is|are) (a|an|the|one)\b/,
  /\b((current|latest|today's|average|street|retail) )?prices? (of|for|to)\b/,
  /\b(what('s| is| are)|whats) the (price|prices|cost|costs|rate) (of|for)\b/,
  /\b(cheapest|where (can i|to) buy)\b/,
  new RegExp(
    `\\b(como (esta|anda|ta|fechou|abriu|ficou)|quanto (esta|ta|fechou)|valor|subiu|caiu|sobe|cai|a quanto|how is|where is|up or down|rate)\\b.{0,30}\\b${MARKET}\\b`,
  ),
  new RegExp(
    `\\b${MARKET}\\b.{0,30}\\b(hoje|agora|subiu|caiu|fechou|abriu|esta em|em reais|em queda|em alta|today|now|right now|closed|trading|price)\\b`,
  ),
  new RegExp(`^(o |a |e o |e a )?${MARKET}( hoje| agora)?\\?*$`),
];

/** What happened lately, who won, what was released. */
export const NEWS: readonly RegExp[] = [
  /\b(noticias?|manchetes?|noticiario|plantao de noticias|news|headlines?|breaking)\b/,
  /\bo que (esta|ta|anda) acontecendo\b|\bwhat('s| is) (happening|going on)\b/,
  /\bo que (aconteceu|houve|rolou)\b.{0,40}\b(hoje|ontem|semana|mes|ultim[ao]s?|agora)\b/,
  /\bwhat happened\b.{0,40}\b(today|yesterday|this|last (night|week|month))\b/,
  /\b(ultim[ao]s?|mais recentes?|nov[ao]s?|recentes?) (noticias|acontecimentos|novidades|pesquisas? eleitora\w*|medidas? d\w|decis(ao|oes) d\w|decretos?|leis?|rodada|jogos?|partidas?|jogo d\w|lancamentos?|album|filme|livro d\w|temporada|episodio|modelo d\w|iphone|atualizac(ao|oes))\b/,
  /\b(ultima|nova|mais nova|atual) (versao|release|build|edicao) (estavel )?(d[aeo]s?|lts)\b|\bversao (mais (recente|nova|atual)|atual|estavel (atual|mais recente)) d\b|\b(ultima|mais recente) versao\b|\bversao (mais recente|atual)\b/,
  /\b(latest|newest|most recent|current|recent) (\w+ )?(version|release|stable|build|lts|model|news|update|updates|developments|research|changes|album|movie|film|book|episode|season|iphone|polls?|patch|cves?|vulnerabilit\w+)\b/,
  /\b(latest|newest)\b.{0,30}\b(release|version|update|news)\b|\bwhat('s| is) new in\b|\brelease notes?\b|\bchangelog\b|\bnovidades d[aeo]\b/,
  /\b(ja (foi|saiu|lancou|lancaram)|foi lancad[ao]|quando (sai|lanca|estreia|sera lancad[ao])|has .{1,40} been released|is .{1,40} out yet|when (does|will|is) .{1,40} (come out|released?|launch(ed)?))\b/,
  /\b(placar|resultado) (d[aeo]s?|final|parcial) ?(jogo|jogos|partida|final|eleic\w+|loteria|mega|classico|gp|corrida|rodada|enem|vestibular|[a-z]+ x [a-z]+|\w+)?\b.{0,30}/,
  /\bquem (ganhou|venceu|foi campe(ao|a)|esta ganhando|vai jogar|marcou|lidera|foi eleit[ao])\b.{0,50}\b(hoje|ontem|jogo|partida|final|eleic\w+|rodada|temporada|campeonato|copa|oscar|premio|bbb|semana|ultim[ao]|atual|agora|brasileirao|libertadores|formula 1|f1|gp|nba)\b/,
  /\b(who (won|is winning|leads|scored|got elected))\b.{0,50}\b(today|yesterday|last night|game|match|final|election|season|championship|cup|oscars?|prize|super bowl|race|grand prix|tournament|league)\b/,
  /\b(score|scores|result|results|standings) (of|for|from|in)? ?(the |last |today's |yesterday's )*(game|match|games|race|election|final|league|premier|nba|nfl|\w+ vs)\b|\b(final|latest|live) scores?\b/,
  /\b(gols|jogos|resultados) d[aeo]s? (ultim[ao] )?(rodada|fim de semana|partida|jogo)\b/,
  /\b(classificacao|tabela|lider|artilheiro|rodada) d[aeo] (brasileirao|campeonato|libertadores|serie [ab]|premier league|copa|nba|formula 1|paulistao|champions)\b/,
  /\b(quando|que horas|a que horas|contra quem|where|when) .{0,12}(joga|e o jogo|sera o jogo|comeca o jogo|does .{1,30} play|do .{1,30} play)\b|\bproximo jogo\b|\bjogos? de (hoje|amanha|ontem)\b|\bjogo d[aeo]s? \w+ (hoje|ontem|amanha)\b/,
  /\b(filmes? em cartaz|em cartaz (em|no|na|hoje)|agenda cultural|shows? (em|no|na) .{1,30} (hoje|amanha|semana|mes))\b/,
  /\b(fora do ar|caiu o (whatsapp|pix|instagram|site)|is .{1,30} down\b|outage|greve d[eoa]s?.{0,30}(hoje|amanha|semana))\b/,
];

/** What is so at this moment: the clock, the weather, who holds an office. */
export const TIME: readonly RegExp[] = [
  /\b(que horas? (e|sao|tem)|qual (e )?a hora|horas? (certa|agora|atual)|horario (atual|agora))\b/,
  /\bwhat('s| is)? (the )?time( is it)?( now| right now)?\b(?! (complexity|should|do|does|did|signature|zone))/,
  /\b(que dia (e|da semana e)|qual (e )?(a data|o dia)|data de|em que dia|em que ano|em que mes) ?(e |estamos |a de )?(hoje|estamos|agora|amanha)\b|\b(what (day|date|year)|what's the date|today's date)\b.{0,20}(is it|today|tomorrow|are we|$)/,
  /\b(previsao d[oe] tempo|previsao (para|pra) (hoje|amanha|o fim|este|esta|a semana)|vai chover|esta chovendo|ta chovendo|chove (hoje|amanha|em)|vai (fazer|esfriar|esquentar)( frio| calor| sol)?|faz (frio|calor|sol)|qualidade do ar)\b/,
  /\b(temperatura|clima|tempo)\b.{0,30}\b(hoje|agora|amanha|neste momento|fim de semana|esta semana|semana que vem|la fora)\b/,
  /\bcomo (esta|ta|vai estar|estara|fica) o (tempo|clima)\b/,
  /\b(weather (in|for|today|tomorrow|now|like|this|forecast|at)|weather forecast|will it (rain|snow)|is it (raining|snowing|going to rain|sunny)|forecast for|temperature (in|outside|right now|today)|how('s| is) the weather|what('s| is) the weather)\b/,
  /\bquem (e|sao) ?(hoje )?([oa]s? )?(atua(l|is) |novo |nova )?(presidente|primeir[ao][- ]ministr[ao]|ministr[ao]s?|governador[a]?|prefeit[ao]|ceo|diretor(a)?[- ]geral|tecnico|treinador|papa|rei|rainha|campeao|campea|dono|secretari[ao]|pessoa mais rica|homem mais rico|recordista)\b/,
  /\bwho('s| is|s) (the )?(current |new |now |reigning )*(president|prime minister|minister|ceo|governor|mayor|pope|king|queen|coach|champion|chancellor|owner|head of|secretary|richest|world record)\b/,
  /\b(populacao atual|recorde atual|current(ly)? (population|record|holder|status|situation|interest|inflation|weather|temperature|ceo|president|price|rate|champion|market|law|rules|state of))\b/,
  /\b(aberto|aberta|funciona(ndo)?|fechad[ao]|abre|fecha) (hoje|agora|amanha|neste (domingo|sabado|feriado)|no feriado)\b|\bopen (now|today|tomorrow|on sunday)\b/,
  /\b(transito|congestionamento|voo|voos|onibus|metro|trem)\b.{0,40}\b(agora|hoje|amanha|atrasad\w+|status)\b|\b(traffic|flights?|delays?)\b.{0,30}\b(now|today|tomorrow|status)\b/,
  /\b(inflacao|desemprego|pib|salario minimo|taxa selic|juros|imposto|teto do inss|aliquota)\b.{0,30}\b(atual|hoje|agora|este ano|vigente|deste ano|em vigor|acumulad\w+)\b/,
  /\b(atual|atuais|vigente) (taxa|salario|aliquota|inflacao|presidente|governo|situacao|cenario|guerra|crise|campeao|lei|legislacao|regra|tabela do imposto)\b|\b(qual|quanto) (e |esta )?(o |a )?(salario minimo|selic|taxa selic|inflacao|ipca|cdi)\b/,
];

/** A day, or one that is near. */
export const DATE: readonly RegExp[] = [
  /\b(hoje|ontem|anteontem|amanha|depois de amanha|atualmente|neste momento|nesse momento|agora mesmo|hoje a noite|esta noite|agora\?*$)\b/,
  /\b(ess[ae]|est[ae]|dest[ae]|nest[ae]|dess[ae]|ness[ae]) (semana|mes|ano|fim de semana|domingo|sabado|feriado|temporada|trimestre|semestre)\b/,
  /\b(semana|mes|ano|domingo|sabado|fim de semana) (que vem|passad[ao])\b|\b(ultim[ao]s|proxim[ao]s) (dias|semanas|meses|horas)\b|\bn[ao] ultim[ao] (semana|mes|fim de semana)\b/,
  /\b(proximo|proxima) (feriado|eclipse|eleicao|copa|carnaval|pascoa|black friday|olimpiada\w*|temporada|lua cheia|reuniao do copom|concurso|enem)\b/,
  /\bquando (e|sera|cai|comeca|vai ser|termina|acaba) (o |a |os |as )?(proxim[ao]|carnaval|pascoa|black friday|feriado|enem|copa|olimpiada\w*|eleic\w+|rock in rio|declaracao d\w|prazo d[aeo] (imposto|irpf|ir)|horario de verao|inverno|eclipse)\b/,
  /\b(recentemente|nos ultimos tempos|ultimamente (o|a|os|as)|mais recente|mais atual|em tempo real|ao vivo)\b/,
  /\b(today|yesterday|tomorrow|tonight|right now|currently|at the moment|as of (now|today)|at present|this (week|weekend|month|year|season|quarter|morning|evening)|(last|next) (week|weekend|month|year|night|season|quarter)|recently|lately|so far this|in real time|live score|up[- ]to[- ]date)\b/,
  /\b(next|upcoming) (election|eclipse|holiday|world cup|olympics|full moon|match|game|super bowl|conference|release|launch)\b|\bwhen is (the )?(next|easter|thanksgiving|black friday|carnival|super bowl|ramadan|lunar)\b/,
  /\b\d{1,2}\/\d{1,2}\/20\d\d\b/,
];
