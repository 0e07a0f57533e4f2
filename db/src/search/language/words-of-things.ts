/** Groups of words that mean the same, about health, safety, farms, computers, law, travel; see business-words.ts. */
export const WORDS_OF_THINGS = `
proteção proteger | protection protect
treinar | train
espaço | space
confinado | confined
máquina | machine
ferramenta | tool
manutenção | maintenance
conserto reparo consertar reparar | repair fix
limpeza limpar | cleaning clean
lixo resíduo | waste trash garbage
reciclagem reciclar | recycling recycle
água | water
luz energia eletricidade elétrico | power electricity energy electric light
gás | gas
temperatura | temperature
umidade | moisture humidity
frio gelado | cold
quente calor | hot heat
chuva | rain
vento | wind
geada | frost
clima tempo | weather climate
meio-ambiente ambiental | environment environmental
emissão emitir | emission issue emit
carbono | carbon
poluição | pollution
sustentabilidade | sustainability
fazenda propriedade | farm property
agricultor produtor | farmer producer grower
safra colheita colher | harvest crop season
plantio plantar | planting plant sow
semente | seed
adubo fertilizante | fertilizer fertiliser
solo terra | soil land
análise analisar | analysis test analyse
amostra | sample
soja | soybean soy
milho | corn maize
trigo | wheat
leite | milk
laticínio | dairy
gado boi | cattle
vaca | cow
carne | meat
ovo | egg
fruta | fruit
grão | grain
secagem secar | drying dry
silo | silo
tonelada | tonne ton
quilo | kilo kilogram kg
litro | litre liter
metro | metre meter
hectare | hectare
peso | weight
tamanho | size
largura | width
altura | height
quantidade | quantity amount number
qualidade | quality
defeito falha | defect fault failure
erro | error mistake
problema | problem issue
reclamação queixa | complaint
denúncia denunciar | report complaint whistleblowing
assédio | harassment
presente brinde | gift present
suborno propina | bribe bribery
conflito | conflict
conduta ética | conduct ethics
vestimenta roupa traje | dress clothing clothes attire
uniforme | uniform
álcool bebida alcoólico | alcohol drink alcoholic
fumar cigarro | smoke smoking cigarette
animal | animal pet
cachorro cão | dog
gato | cat
lei legislação | law legislation
regra regulamento norma | rule regulation policy
política | policy
procedimento processo | procedure process
manual guia | manual guide handbook
formulário | form
documento | document
arquivo | file archive
cópia | copy backup
original | original
anexo | attachment
planilha | spreadsheet
relatório | report
tabela | table
lista | list
gráfico | chart graph
página | page
título | title
versão | version
senha | password passcode
acesso acessar | access
bloqueio bloquear travar | lock block locked
login entrar | login sign-in
autenticação fator | authentication factor
computador notebook laptop | computer laptop notebook
tela monitor | screen monitor display
teclado | keyboard
impressora imprimir impressão | printer print printing
rede | network
sem-fio wi-fi | wireless wifi
servidor | server
nuvem | cloud
dado | data
banco-de-dados | database
backup restauração restaurar recuperação recuperar | backup restore recovery recover
desastre | disaster
atualização atualizar | update upgrade
instalação instalar | installation install
configuração configurar | configuration setting configure
sistema | system
programa software aplicativo | program software app application
portal site | portal site website
botão | button
fila | queue
alerta | alert
incidente ocorrência | incident
indisponibilidade queda | outage downtime
gravidade severidade | severity
suporte | support
chamado | ticket
resposta responder | answer response reply respond
pergunta | question
idioma língua | language
português | portuguese
inglês | english
espanhol | spanish
privacidade | privacy
vazamento vazar | leak breach
titular | subject holder owner
consentimento | consent
exclusão excluir eliminação apagar | deletion delete erase removal
criptografia | encryption
auditoria auditor | audit auditor
aprovação aprovar aprovado autorização autorizar | approval approve authorization authorize permission
permissão permitir permitido | permission allow allowed permit
proibido proibição proibir | forbidden prohibited banned ban
obrigatório | mandatory required compulsory
necessário | necessary required needed
opcional | optional
mínimo | minimum least
máximo | maximum most
média | average mean
metade | half
dobro | double twice
percentual porcentagem | percentage percent share
total | total
aumento aumentar reajuste | increase raise adjustment
redução reduzir diminuição | reduction reduce decrease
crescimento crescer | growth grow
mudança mudar alteração alterar | change alter
início começar começo | start begin beginning
fim final término | end finish final
duração durar | duration last
atraso atrasar atrasado | delay late overdue
atual vigente | current
novo | new
antigo velho | old former
próximo seguinte | next following
anterior | previous
primeiro | first
último | last
responsável | responsible charge
dono proprietário | owner
autor | author
eleição eleger eleito | election elect elected
voto votar | vote
fundador fundar fundação | founder found foundation
nome | name
marca | brand
logotipo | logo
cor | colour color
fonte | font source
concorrente concorrência | competitor competition
mercado | market
exportação exportar | export
importação importar | import
alfândega aduana | customs
porto | port
disputa litígio | dispute
arbitragem | arbitration
tribunal foro | court
advogado jurídico | lawyer legal attorney
procuração | proxy power-of-attorney
cartório | notary registry
registro registrar | register record registration
construção obra | construction building works
engenheiro engenharia | engineer engineering
projeto | project
etapa fase | stage phase step
cronograma | schedule timeline
teste testar | test testing
código | code
desenvolvedor desenvolvimento desenvolver | developer development develop
pesquisa | research survey
laboratório | laboratory lab
evento | event
festa | party
convite convidar | invitation invite
voluntário | volunteer
doação doar | donation donate
ingresso bilhete | ticket
reserva reservar | reservation booking book reserve
quarto | room bedroom
hóspede | guest
piscina | pool
academia | gym
bicicleta | bicycle bike
ônibus | bus
metrô | subway metro
trem | train
aeroporto | airport
bagagem mala | luggage baggage bag
passaporte | passport
visto | visa
chegada chegar | arrival arrive
partida saída | departure leave exit
entrada | entrance entry
aberto abrir abertura | open opening
fechado fechar fechamento | closed close closing
caixa | box cashier
embalagem | package packaging container
garrafa | bottle
cardápio | menu
receita | recipe prescription
ingrediente | ingredient
lote | batch lot
validar conferir verificar verificação | validate check verify verification
inspeção fiscalização vistoria | inspection
peça | part piece
bateria pilha | battery
carga carregar carregamento | load charge cargo
cabo fio | cable wire
parafuso | screw bolt
motor | engine motor
sensor | sensor
rastreador rastreamento rastrear | tracker tracking track
mapa | map
rota | route
ponto | point clock-in
compensar | compensate offset
extra | extra overtime
adicional | additional extra surcharge
descartar descarte | discard disposal dispose
assistência | assistance support
comprimento | length
velocidade | speed
distância longe | distance far
perto próximo | near close
rápido | fast quick
devagar lento | slow
`;
