/** Groups of words that mean the same, about people, time, money and trade; see business-words.ts. */
export const WORDS_OF_WORK = `
férias recesso | vacation holiday leave
licença afastamento | leave absence
folga descanso | rest day-off
feriado | holiday
salário remuneração ordenado | salary wage pay compensation
pagamento pagar pago | payment pay paid
holerite contracheque | payslip payroll
folha | payroll sheet
bônus bonificação gratificação prêmio | bonus award reward
benefício | benefit perk
vale | voucher allowance
auxílio ajuda subsídio | allowance aid assistance help subsidy
refeição alimentação | meal food
almoço | lunch
jantar | dinner
café | coffee
transporte condução | transport commute
estacionamento vaga garagem | parking garage
viagem viajar | travel trip journey
voo voar avião aéreo passagem | flight fly plane airline ticket
milha | mile
hotel hospedagem hospedar diária | hotel lodging accommodation
quilômetro km | kilometre kilometer mileage km
reembolso reembolsar ressarcimento | reimbursement reimburse refund expense
despesa gasto | expense cost spending
recibo comprovante nota | receipt invoice
fatura nota | invoice bill
boleto cobrança cobrar | bill charge billing
adiantamento antecipação | advance
prazo | deadline term
antecedência | advance notice beforehand
aviso notificação avisar | notice notification warning notify
prévio | prior notice
multa penalidade | fine penalty
juros | interest
taxa tarifa | rate fee tax
imposto tributo | tax
desconto abatimento | discount deduction rebate
preço valor custo custar | price cost value fee
barato | cheap
caro | expensive
grátis gratuito gratuitamente graça | free
orçamento | budget quote estimate
receita faturamento | revenue income
lucro sobra | profit surplus
prejuízo perda | loss
dívida débito | debt debit
crédito | credit
empréstimo financiamento | loan financing
garantia | warranty guarantee collateral
seguro apólice | insurance policy
conta | account
banco | bank
dinheiro | money cash
moeda | currency
cartão | card
saldo | balance
limite teto | limit cap ceiling
parcela prestação | instalment installment
compra comprar aquisição adquirir | purchase buy acquisition procurement
venda vender | sale sell
vendedor | salesperson seller
loja | store shop
mercadoria produto | goods product merchandise
estoque inventário | stock inventory
fornecedor | supplier vendor provider
cliente | customer client
usuário | user
assinatura assinar | subscription signature sign subscribe
contrato | contract agreement
cláusula | clause
rescisão rescindir encerrar encerramento cancelamento cancelar | termination terminate cancel cancellation end
renovação renovar | renewal renew
vencimento vencer validade expirar | expiry expire due maturity
proposta | proposal offer
licitação | tender bid
pedido encomenda | order request
entrega entregar | delivery deliver
envio enviar remessa | shipping ship send shipment
frete | freight shipping
devolução devolver | return
troca trocar | exchange change replace swap
garantir assegurar | ensure guarantee
recebimento receber | receipt receive
coleta coletar recolhimento | collection collect pickup
armazém depósito armazenamento armazenar | warehouse storage store
guardar reter retenção | keep store retain retention
caminhão | truck lorry
carro veículo automóvel | car vehicle
frota | fleet
motorista condutor | driver
dirigir | drive
combustível | fuel
gasolina | petrol gasoline
pneu | tyre tire
empresa companhia | company firm business
sócio | partner shareholder
acionista | shareholder
ação | share stock action
cooperativa | cooperative
cooperado associado | member
assembleia | assembly meeting
reunião | meeting
ata | minutes
conselho | board council
diretoria diretor | board director management
presidente presidência | president chair chairman
gerente gerência gestor chefe | manager management supervisor boss head
líder liderança | leader lead leadership
funcionário empregado colaborador | employee staff worker
equipe time | team
pessoa | person people
contratação contratar admissão | hiring hire admission recruitment
vaga | vacancy opening position job
candidato | candidate applicant
entrevista | interview
currículo | resume cv
estagiário estágio | intern internship trainee
demissão demitir demitido desligamento | dismissal fired layoff termination
aposentadoria | retirement pension
promoção | promotion
cargo | position role job
avaliação avaliar | evaluation review assessment appraisal
desempenho | performance
meta objetivo | goal target objective
treinamento curso capacitação | training course
palestra | talk lecture
certificado certificação | certificate certification
escola | school
aluno estudante | student pupil
professor | teacher professor
aula | class lesson
matrícula inscrição inscrever | enrolment enrollment registration
mensalidade | tuition fee
bolsa | scholarship grant
prova exame | exam test
biblioteca | library
livro | book
jornada expediente | workday shift
turno | shift
hora | hour
horário | schedule time hours
dia | day
semana semanal | week weekly
mês mensal | month monthly
ano anual | year annual yearly
trimestre trimestral | quarter quarterly
semestre | semester
manhã | morning
tarde | afternoon
noite | night evening
meia-noite | midnight
segunda-feira | monday
terça-feira | tuesday
quarta-feira | wednesday
quinta-feira | thursday
sexta-feira | friday
sábado | saturday
domingo | sunday
janeiro | january
fevereiro | february
março | march
abril | april
maio | may
junho | june
julho | july
agosto | august
setembro | september
outubro | october
novembro | november
dezembro | december
remoto | remote
casa residência domicílio | home house
escritório | office
sede matriz | headquarters
filial unidade | branch unit
prédio edifício | building
andar | floor
sala | room
mesa | desk table
cadeira | chair
cozinha copa | kitchen pantry
banheiro | bathroom toilet
elevador | lift elevator
porta portão | door gate
chave | key
crachá | badge
visitante visita | visitor visit guest
recepção portaria | reception front-desk
endereço | address
rua avenida | street avenue
cidade | city town
bairro | neighbourhood neighborhood
país | country
exterior estrangeiro | abroad foreign overseas
telefone ramal celular | phone telephone extension mobile
e-mail | email mail
correio | mail post
mensagem | message
contato | contact
ligar ligação | call
saúde | health
médico médica | doctor physician medical
dentista odontológico dentário | dentist dental
consulta | appointment consultation
atendimento atender | service care support
hospital | hospital
clínica | clinic
convênio plano | plan insurance
dependente | dependant dependent
filho filha | child son daughter
criança | child children
pai paternidade | father paternity
mãe maternidade | mother maternity
cônjuge esposa marido | spouse wife husband partner
irmã irmão | sister brother sibling
parente família familiar | relative family
casamento | wedding marriage
nascimento | birth
óculos | glasses
adoção adotar | adoption adopt
gestante gravidez | pregnant pregnancy
doença doente | illness sick disease sickness
atestado | certificate sick-note
remédio medicamento | medicine medication drug
vacina vacinação | vaccine vaccination
cirurgia | surgery
paciente | patient
enfermeiro enfermagem | nurse nursing
psicólogo psicoterapia terapia | psychologist therapy therapist
acidente | accident
emergência urgência | emergency urgent
socorro | aid rescue
incêndio fogo | fire
extintor | extinguisher
brigada | brigade
segurança seguro | safety security secure safe
risco perigo | risk hazard danger
equipamento | equipment gear
capacete | helmet
luva | glove
`;
