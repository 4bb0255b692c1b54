// Terms of special categories and of criminal offences in Spanish: data. How a line is read is said in list.ts.
import { terms } from './list.js';

export const ES = terms('es', {
  cues: `
    yo, me, mi, mis, mío, mía, nos, nosotros, nuestro, nuestra, él, ella, su, sus, le, soy, estoy, tengo, tuve, tenía, llevo, tomo,
    padezco, sufro, somos, estamos, tenemos, marido, mujer, esposa, esposo, hijo, hija, hijos, madre, mamá, padre, papá, hermano,
    hermana, amigo, amiga, novio, novia, ex, familia, abuela, abuelo, bebé, niño, niña, compañero, pareja, tiene, es, está, estuve,
    estuvo, fui, fue, voy, hice`,
  health: `
    diabet*, diabét*, asma, asmátic*, cáncer, tumor*, leucemia*, linfoma*, melanoma*, quimio, quimioterapi*, radioterapi*, metásta*,
    metasta*, vih, sida, seropositiv*, hepatitis, tuberculosis, neumonía*, bronquitis, covid*, coronavirus, gripe?, migraña*, epilep*,
    epilép*, parkinson*, alzheimer*, demencia*, esclerosis*, ictus, infarto*, ataque al corazón, cardíac*, cardiac*, marcapasos,
    hipertens*, tensión alta, trombos*, anemi*, anémic*, artrit*, artros*, osteopor*, fibromialgi*, reum*, eccema*, psoriasis, alergi*,
    alérgic*, anafil*, intoleran*?, intoleran* a la lactosa, celíac*, celiac*, celiaqu*, depresi*, deprimid*?, antidepresiv*, ansiedad,
    ansiolítico*, ataque* de pánico, bipolar*, esquizofreni*, esquizofrénic*, psicosis, psicótic*, psiquiatr*, psiquiátr*, psicoterapi*,
    psicólog*?, tdah, autis*, asperger*, dislexi*, trastorno* alimentari*, anorexi*, anoréxic*, bulimi*, burnout, suicid*, alcohólic*?,
    alcoholismo, drogadict*, desintoxicación, embaraz*, preñada, aborto*, abortar, fecundación in vitro, infértil*, infertil*,
    estéril*?, menopaus*, endometrios*, anticonceptiv*, la píldora?, silla de ruedas, discapaci*, minusváli*, minusvalía*, ciego?,
    ciega?, invidente*, sordo?, sorda?, sordomud*, paralí*, parapléjic*, prótesis, amputa*, operaron, operado?, operada?, cirugía*,
    quirófano, hospital?, hospitaliz*, ingresad*?, uci, urgencias?, mi médico, mi médica, mi doctor, mi doctora, médico de cabecera,
    oncólog*, oncolog*, cardiólog*, ginecólog*, urólog*?, neurólog*, dermatólog*?, diagnosticar*, diagnostic*?, medicamento*,
    medicación, receta médica, antibiótico*, insulin*, analgésic*, cortisona, enfermedad*, enfermo?, enferma?, crónic*?, de baja médica,
    baja médica, baja por enfermedad, baja laboral, parte de baja, gravemente, salud mental, problema* de salud, motivo* de salud,
    diarrea, vómito*?, vomit*?, fiebre?, infección?, pierna rota, brazo roto, me rompí, fractur*, diálisis, insuficiencia renal,
    trasplant*, cirrosis, hernia*, colonoscopi*, mamografía*, biopsia*, análisis de sangre, grupo sanguíneo, síndrome de down, fibrosis
    quística, lupus, crohn, colitis, herpes, clamidi*, gonorre*, sífilis, obes*, insomni*, apnea*, acúfeno*, convulsi*, conmoción
    cerebral, vacun*?, carcinoma*, dependencia grado, incapacidad?, residencia de ancianos, dolor de espalda?, trastorno* bipolar,
    trastorno* mental*, trastorno* de ansiedad, operación de rodilla, operación de cadera, operación de corazón, me operan, tomo
    pastillas, adicto a las drogas, adicta a las drogas, adicción a`,
  belief: `
    musulm*, corán, ramadán*, ramadan, halal*, judí*, judaísmo, judia, kosher, kósher, sinagoga*, torá, shabat, cristian*, católic*,
    catolic*, protestant*, evangélic*, ortodox*?, bautista*?, mormon*, mormón, jehová, cienciolog*, hindú*, hinduis*, budis*, sij, ateo,
    atea, ateos, ateas, ateís*, agnóstic*, rezo?, rezar?, rezamos?, oración?, bautiz*, bautismo, primera comunión, comunión?, mi
    iglesia, nuestra iglesia, misa, parroquia*, mezquita*, imán de la mezquita, rabino*, mi cura, mi fe, mi religión, religios*?,
    motivos religiosos, creyente*, practicante?, hiyab*, apostat*, islam, islámi*`,
  politics: `
    voté a, yo voté, votamos a, voto a, he votado, votante*, psoe, vox, partido popular, del pp, al pp, izquierda unida, esquerra, erc,
    junts, bildu, pnv, militante*, militancia, afiliad* al partido, carné del partido, miembro del partido, opiniones políticas,
    ideología*, ideas políticas, de izquierdas, de derechas, soy de izquierda, soy de derecha, socialista*, comunis*, marxis*,
    anarquis*, fascis*, facha, ultraderech*, extrema derecha, extrema izquierda, independentista*, antifa, peronist*, morenist*`,
  union: `
    sindicat*?, sindical*, sindicalis*, comisiones obreras, ccoo, ugt, cgt, cnt, afiliad* al sindicato, afiliad* a un sindicato, comité
    de empresa, en huelga?, huelguist*, enlace sindical`,
  sexuality: `
    gay, gays, lesbian*, homosexual*, bisexual*, heterosexual*, asexual*, pansexual*, queer, lgbt*, transgénero*, transexual*, soy
    trans, es trans, hombre trans, mujer trans, persona trans, no binari*, mi transición, cambio de sexo, reasignación de género,
    disforia*, salir del armario, salí del armario, vida sexual, orientación sexual, preferencia* sexual*, abuso* sexual*, agresión
    sexual, disfunción eréctil, eréctil*, impoten*?, libido, líbido, viagra, prostitu*, trabajadora sexual, bdsm, fetich*, maricón`,
  ethnicity: `
    origen étnico, etni*, étnic*, color de piel, color de mi piel, soy negro, soy negra, persona negra, mujer negra, hombre negro,
    gitan*, romaní*, kurd*, afrodescendiente*, afroamerican*, mestiz*, mulat*, indígena*, bereber*, ascendencia*, descendiente* de?,
    racializad*, quechua*, mapuche*, sefardí*, inmigrante?, mis raíces, soy de origen, somos de origen, familia de origen, padre de
    origen, madre de origen`,
  biometric: `
    huella* dactilar*, huella* digital*, escáner facial, reconocimiento facial, escáner de iris, reconocimiento del iris, biométric*,
    biometrí*, adn, prueba* genética*, test genético*, genétic*?, prueba* de paternidad, test de paternidad, genoma*, cromosom*, brca,
    brca1, brca2, enfermedad hereditaria, hereditari*?, mi huella`,
  criminal: `
    condenad*, condenaron, condena?, antecedente* penal*, antecedentes?, cárcel, carcel, prisión, presidiari*, encarcel*, encarcelad*,
    detuvieron, me detuvo, arrestad*, arrestaron, orden de detención, libertad condicional, tercer grado, pulsera telemática, imputad*,
    procesado por, procesada por, acusado de, acusada de, juicio penal, proceso penal, multa penal, trabajos en beneficio, delito*?,
    delincuen*, robé, violencia de género, agresión?, lesiones?, homicidio*, asesin*?, violación?, violador*, narcotráfico, tráfico de
    drogas, conducir borracho, conducir ebrio, conducción temeraria, alcoholemia, fraude fiscal, evasión fiscal, blanqueo*,
    malversación, orden de alejamiento, querella?, estuvo preso, estuvo presa, detenido por, detenida por, por hurto, por robo, por
    estafa, por atraco, pena de prisión, pena de cárcel, pena de multa`,
});
