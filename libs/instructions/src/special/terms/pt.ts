// Terms of special categories and of criminal offences in Portuguese: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const PT = terms('pt', {
  cues: `
    eu, me, mim, meu, minha, meus, minhas, nós, nos, nosso, nossa, ele, ela, dele, dela, seu, sua, sou, estou, tenho, tive, tinha,
    estive, fui, faço, tomo, sofro, somos, estamos, temos, marido, mulher, esposa, esposo, filho, filha, filhos, mãe, pai, irmão, irmã,
    amigo, amiga, namorado, namorada, ex, família, avó, avô, bebé, bebê, criança, colega, companheiro, é, está, tem, teve, foi, esteve,
    ando`,
  health: `
    diabet*, diabét*, asma, asmátic*, cancro, câncer, cancer, tumor*, leucemi*, linfoma*, melanoma*, quimio, quimioterap*, radioterap*,
    metásta*, metasta*, vih, hiv, sida, aids, seropositiv*, soropositiv*, hepatite*, tuberculose, pneumoni*, bronquite*, covid*,
    coronavírus, gripe?, enxaqueca*, epileps*, epilépt*, parkinson*, alzheimer*, demência*, esclerose*, avc, derrame?, enfarte*,
    infarto*, ataque cardíaco, cardíac*, pacemaker*, marcapasso*, hipertens*, tensão alta?, pressão alta?, trombos*, anemi*, anémic*,
    artrit*, artros*, osteopor*, fibromialgi*, reumat*, eczema*, psoríase, alergi*, alérgic*, anafil*, intoleran*, intolerân*, celíac*,
    depress*, deprimid*?, antidepressiv*, ansiedade, ansiolític*, ataque* de pânico, bipolar*, esquizofr*, psicose*, psicótic*,
    psiquiatr*, psiquiátr*, psicoterap*, psicólog*?, phda, tdah, autis*, asperger*, dislexi*, distúrbio* alimentar*, anorexi*, bulimi*,
    burnout, suicíd*, suicid*, alcoólic*, alcoolismo, toxicodepend*, viciad*?, desintoxic*, grávid*, gravid*, aborto*, abortei, abortou,
    fertilização in vitro, infértil*, infertil*, estéril*?, menopaus*, endometriose*, anticoncep*, contracep*, pílula?, cadeira de
    rodas, deficien*?, deficiência*, incapacidade?, cego?, cega?, invisua*, surdo?, surda?, aparelho auditivo, paralis*, paraplégic*,
    prótese*, amput*, operado?, operada?, fui operad*, cirurgi*, hospital?, internad*?, internamento, cuidados intensivos, uti,
    urgências?, meu médico, minha médica, meu doutor, médico de família, oncolog*, cardiolog*, ginecolog*, urolog*?, neurolog*,
    dermatolog*?, diagnosticar*, diagnostic*?, medicament*, medicação, remédio?, remédios?, comprimidos?, receita médica, antibiótic*,
    insulin*, analgésic*, cortison*, doença*, doente?, crónic*?, crônic*?, baixa médica, atestado médico, saúde mental, problema* de
    saúde, motivo* de saúde, diarreia, vómit*?, vomit*?, febre?, infeção?, infecção?, perna partida, braço partido, parti a perna, parti
    o braço, quebrei a perna, quebrei o braço, fratur*, diálise, insuficiência renal, transplant*, cirrose*, hérnia*, colonoscopi*,
    mamografi*, biópsia*, análises ao sangue, exame de sangue, grupo sanguíneo, tipo sanguíneo, síndrome de down, trissomia*, fibrose
    cística, fibrose quística, lúpus, crohn, colite, herpes, clamídi*, gonorre*, sífilis, dst, obes*, insónia*, insônia*, apneia*,
    zumbido*?, convuls*, vacina*?, carcinoma*, lar de idosos?, dores nas costas?, estou de baixa, operação ao, operação à`,
  belief: `
    muçulman*, islã, islão, alcorão, corão, ramadão, ramadã, halal*, judeu, judeus, judia, judias, judaic*, judaísmo, kosher, sinagoga*,
    torá, shabat, sabat, cristã*, cristão?, católic*, protestant*?, evangélic*, ortodox*?, batista*?, mórmon*, jeová, cientolog*,
    hindu*, budis*, sikh*, ateu, ateia, ateus, ateís*, agnóstic*, rezo?, rezar?, oração?, batiz*, baptiz*, batismo, primeira comunhão,
    comunhão?, crisma*, minha igreja, nossa igreja, missa, paróqui*, mesquita*, imã da mesquita, rabino*, meu padre, meu pastor, minha
    fé, minha religião, religios*?, motivos religiosos, crente*, praticante?, umband*, candomblé*, espírita*, islam, islâmi*`,
  politics: `
    votei em, votei no, votei na, votei pelo, voto no, voto em, voto na, eleitor do, bloco de esquerda, partido socialista, partido
    comunista, pcp, iniciativa liberal, livre partido, petista*, bolsonarist*, lulista*, militante*, filiado no partido, filiada no
    partido, filiado ao partido, membro do partido, opiniões políticas, convicções políticas, ideologia*, extrema direita, extrema
    esquerda, socialista*, comunis*, marxis*, anarquis*, fascis*, antifa, sou de esquerda, sou de direita, psd?`,
  union: `
    sindicat*, sindical*, sindicaliz*, sindicalis*, cgtp, ugt, cut filiado, delegad* sindica*, comissão de trabalhadores, em greve?,
    grevista*, fenprof`,
  sexuality: `
    gay, gays, lésbica*, lesbica*, homossex*, bissex*, heterossex*, assexua*, pansexua*, queer, lgbt*, transgénero*, transgênero*,
    transexua*, transsexua*, sou trans, é trans, homem trans, mulher trans, pessoa trans, não binári*, minha transição, mudança de sexo,
    disforia*, saí do armário, sair do armário, vida sexual, orientação sexual, preferência* sexua*, abuso* sexua*, disfunção erétil,
    erétil, eréctil, impoten*?, libido, líbido, viagra, prostitu*, trabalhadora do sexo, bdsm, fetich*`,
  ethnicity: `
    origem étnica, etni*, étnic*, cor da pele, cor da minha pele, sou negro, sou negra, sou preto, sou preta, pessoa negra, mulher
    negra, homem negro, cigan*, curdo?, curda?, afrodescendente*, afro brasileir*, mestiç*, mulat*, indígena*, quilombol*, ascendência*,
    descendente* de?, racializad*, romani, sefardita*, imigrante?, sou de origem, somos de origem, família de origem, pai de origem, mãe
    de origem, minhas raízes, sou árabe`,
  biometric: `
    impress* digita*, impressão digital, impressões digitais, reconhecimento facial, leitura da íris, scan da íris, biométric*,
    biometri*, adn, dna, teste* genétic*, genétic*?, teste* de paternidade, genoma*, cromossom*, brca, brca1, brca2, doença hereditária,
    hereditári*?`,
  criminal: `
    condenad*, condenação?, condenaram, antecedente* crimina*, registo criminal, antecedentes?, ficha criminal, prisão, presidi*,
    cadeia?, encarcer*, prenderam, detiveram, mandado de, liberdade condicional, liberdade provisória, pena suspensa, pulseira
    eletrónica, pulseira electrónica, tornozeleira*, arguid*, acusado de, acusada de, réu?, processo crime, processo criminal, processo
    penal, trabalho comunitário, crime que cometi, delito*?, delinquen*, roubei, estelionat*, violência doméstica, agressão?,
    agressões?, ofensas corporais, homicídio*, assassin*?, violação?, violador*, estupr*, tráfico de droga*, traficante*, conduzir
    embriagado, condução sob, conduzir bêbado, dirigir embriagado, dirigir bêbado, fraude fiscal, evasão fiscal, branqueamento*, lavagem
    de dinheiro, peculato, foi preso, fui preso, foi presa, fui presa, preso por, detido pela polícia, cadastro criminal, com cadastro,
    por furto, por roubo, por burla, pena de prisão, pena de multa`,
});
