// What people are told in one sentence by the gateway itself, where the document has no text of that name.
import type { CompiledInstructions } from './decision.js';
import { notice } from './texts.js';

export type Told =
  | 'consent-given'
  | 'consent-refused'
  | 'consent-withdrawn'
  | 'stop-confirmed'
  | 'erasure-received'
  | 'erasure-words'
  | 'access-received'
  | 'rectification-received'
  | 'restriction-received'
  | 'objection-received'
  | 'age-question'
  | 'minor-refused'
  | 'guardian-needed'
  | 'recipients'
  | 'no-recipients';

/** A document replaces a sentence by a text of the same name. */
const SENTENCES: Readonly<Record<Told, Readonly<Record<string, string>>>> = {
  'consent-given': {
    en: 'Thank you, that is noted. You can withdraw it at any time with STOP. Your receipt:',
    de: 'Danke, das ist vermerkt. Mit STOPP können Sie es jederzeit widerrufen. Ihr Beleg:',
    fr: 'Merci, c’est noté. STOP suffit pour le retirer à tout moment. Votre reçu :',
    es: 'Gracias, queda anotado. Puede retirarlo cuando quiera con BAJA. Su comprobante:',
    it: 'Grazie, è registrato. Può revocarlo in ogni momento con STOP. La sua ricevuta:',
    nl: 'Dank u, dat is vastgelegd. U kunt het altijd intrekken met STOP. Uw ontvangstbewijs:',
    pl: 'Dziękujemy, zapisano. Zgodę można wycofać w każdej chwili słowem STOP. Potwierdzenie:',
    pt: 'Obrigado, está registado. Pode retirá-lo a qualquer momento com PARAR. O seu recibo:',
  },
  'consent-refused': {
    en: 'Understood. We do not use your messages for this.',
    de: 'Verstanden. Wir verwenden Ihre Nachrichten dafür nicht.',
    fr: 'C’est noté. Nous n’utilisons pas vos messages pour cela.',
    es: 'Entendido. No usaremos sus mensajes para eso.',
    it: 'Ricevuto. Non useremo i suoi messaggi per questo.',
    nl: 'Begrepen. We gebruiken uw berichten hier niet voor.',
    pl: 'Rozumiemy. Nie użyjemy w tym celu Pana/Pani wiadomości.',
    pt: 'Entendido. Não usaremos as suas mensagens para isso.',
  },
  'consent-withdrawn': {
    en: 'Your consent is withdrawn. From now on we no longer use your messages for this. Write START to change your mind.',
    de: 'Ihre Einwilligung ist widerrufen. Ab jetzt verwenden wir Ihre Nachrichten dafür nicht mehr. Mit START können Sie es sich anders überlegen.',
    fr: 'Votre consentement est retiré. Nous n’utilisons plus vos messages pour cela. Écrivez START pour changer d’avis.',
    es: 'Su consentimiento queda retirado. Ya no usamos sus mensajes para eso. Escriba START si cambia de opinión.',
    it: 'Il suo consenso è revocato. Non useremo più i suoi messaggi per questo. Scriva START per cambiare idea.',
    nl: 'Uw toestemming is ingetrokken. We gebruiken uw berichten hier niet meer voor. Schrijf START als u van gedachten verandert.',
    pl: 'Zgoda została wycofana. Nie używamy już Pana/Pani wiadomości w tym celu. Aby zmienić zdanie, proszę napisać START.',
    pt: 'O seu consentimento foi retirado. Já não usamos as suas mensagens para isso. Escreva START se mudar de ideias.',
  },
  'stop-confirmed': {
    en: 'Understood: we will not write to you of our own accord. You can still write to us. START turns it on again.',
    de: 'Verstanden: Wir schreiben Ihnen nicht mehr von uns aus. Sie können uns weiterhin schreiben. START schaltet es wieder ein.',
    fr: 'C’est noté : nous ne vous écrirons plus de nous-mêmes. Vous pouvez toujours nous écrire. START pour reprendre.',
    es: 'Entendido: no le escribiremos por iniciativa propia. Usted puede seguir escribiéndonos. START para reanudar.',
    it: 'Ricevuto: non le scriveremo più di nostra iniziativa. Può sempre scriverci. START per riprendere.',
    nl: 'Begrepen: we schrijven u niet meer uit onszelf. U kunt ons nog steeds schrijven. START zet het weer aan.',
    pl: 'Rozumiemy: nie będziemy pisać z własnej inicjatywy. Nadal można do nas pisać. START włącza to ponownie.',
    pt: 'Entendido: não lhe escreveremos por iniciativa própria. Pode continuar a escrever-nos. START para retomar.',
  },
  // The address of the page comes behind it: the chat is deleted with the rest, so nothing can be said there afterwards.
  'erasure-received': {
    en: 'We have received your request to delete your data and take care of it. As this chat is deleted too, this page says when it is done:',
    de: 'Wir haben Ihre Bitte erhalten, Ihre Daten zu löschen, und kümmern uns darum. Da auch dieser Chat gelöscht wird, sagt Ihnen diese Seite, wann es getan ist:',
    fr: 'Nous avons reçu votre demande de suppression de vos données et nous en occupons. Cette conversation étant supprimée aussi, cette page vous dira quand c’est fait :',
    es: 'Hemos recibido su solicitud de borrar sus datos y nos ocupamos de ella. Como también se borra este chat, esta página le dirá cuándo está hecho:',
    it: 'Abbiamo ricevuto la richiesta di cancellare i suoi dati e ce ne occupiamo. Poiché si cancella anche questa chat, questa pagina le dirà quando è fatto:',
    nl: 'We hebben uw verzoek om uw gegevens te wissen ontvangen en gaan ermee aan de slag. Omdat ook deze chat wordt gewist, leest u op deze pagina wanneer het gedaan is:',
    pl: 'Otrzymaliśmy prośbę o usunięcie danych i zajmujemy się nią. Ponieważ usuwany jest też ten czat, o wykonaniu poinformuje ta strona:',
    pt: 'Recebemos o seu pedido de apagar os seus dados e vamos tratar dele. Como esta conversa também é apagada, esta página dir-lhe-á quando estiver feito:',
  },
  'erasure-words': {
    en: 'Do you want everything deleted that we have of you? Then write DELETE MY DATA. It cannot be undone.',
    de: 'Möchten Sie, dass alles gelöscht wird, was wir von Ihnen haben? Dann schreiben Sie MEINE DATEN LÖSCHEN. Es lässt sich nicht rückgängig machen.',
    fr: 'Voulez-vous que tout ce que nous avons de vous soit supprimé ? Écrivez alors SUPPRIMER MES DONNÉES. C’est irréversible.',
    es: '¿Quiere que se borre todo lo que tenemos de usted? Escriba entonces BORRAR MIS DATOS. No se puede deshacer.',
    it: 'Vuole che sia cancellato tutto ciò che abbiamo di lei? Scriva allora CANCELLA I MIEI DATI. Non si può annullare.',
    nl: 'Wilt u dat alles wat we van u hebben wordt gewist? Schrijf dan MIJN GEGEVENS VERWIJDEREN. Het kan niet ongedaan worden gemaakt.',
    pl: 'Czy usunąć wszystko, co o Panu/Pani mamy? Proszę wtedy napisać USUŃ MOJE DANE. Tego nie da się cofnąć.',
    pt: 'Quer que tudo o que temos de si seja apagado? Escreva então APAGAR OS MEUS DADOS. Não se pode desfazer.',
  },
  'access-received': {
    en: 'We have received your request for a copy of your data and take care of it. You will hear from us here.',
    de: 'Wir haben Ihre Bitte um eine Kopie Ihrer Daten erhalten und kümmern uns darum. Sie hören hier von uns.',
    fr: 'Nous avons reçu votre demande de copie de vos données et nous en occupons. Vous aurez la réponse ici.',
    es: 'Hemos recibido su solicitud de una copia de sus datos y nos ocupamos de ella. Le responderemos aquí.',
    it: 'Abbiamo ricevuto la richiesta di una copia dei suoi dati e ce ne occupiamo. Le risponderemo qui.',
    nl: 'We hebben uw verzoek om een kopie van uw gegevens ontvangen en gaan ermee aan de slag. U hoort hier van ons.',
    pl: 'Otrzymaliśmy prośbę o kopię danych i zajmujemy się nią. Odpowiedź przyjdzie tutaj.',
    pt: 'Recebemos o seu pedido de uma cópia dos seus dados e vamos tratar dele. Responderemos aqui.',
  },
  'rectification-received': {
    en: 'We have received your request to correct your data. Please write here what is wrong, and what is right.',
    de: 'Wir haben Ihre Bitte erhalten, Ihre Daten zu berichtigen. Bitte schreiben Sie hier, was falsch und was richtig ist.',
    fr: 'Nous avons reçu votre demande de rectification de vos données. Écrivez ici ce qui est faux et ce qui est juste.',
    es: 'Hemos recibido su solicitud de rectificar sus datos. Escriba aquí qué es incorrecto y qué es lo correcto.',
    it: 'Abbiamo ricevuto la richiesta di rettificare i suoi dati. Scriva qui che cosa è sbagliato e che cosa è giusto.',
    nl: 'We hebben uw verzoek om uw gegevens te corrigeren ontvangen. Schrijf hier wat onjuist is en wat juist is.',
    pl: 'Otrzymaliśmy prośbę o sprostowanie danych. Prosimy napisać tutaj, co jest błędne, a co poprawne.',
    pt: 'Recebemos o seu pedido de retificação dos seus dados. Escreva aqui o que está errado e o que está certo.',
  },
  'restriction-received': {
    en: 'We have received your request to restrict the processing of your data. Until it ends we only keep your messages, and they are not answered.',
    de: 'Wir haben Ihre Bitte erhalten, die Verarbeitung Ihrer Daten einzuschränken. Bis das endet, bewahren wir Ihre Nachrichten nur auf; beantwortet werden sie nicht.',
    fr: 'Nous avons reçu votre demande de limitation du traitement de vos données. Jusqu’à sa fin, vos messages sont seulement conservés, sans réponse.',
    es: 'Hemos recibido su solicitud de limitar el tratamiento de sus datos. Hasta que termine, solo conservamos sus mensajes, sin responderlos.',
    it: 'Abbiamo ricevuto la richiesta di limitare il trattamento dei suoi dati. Finché dura, conserviamo solo i suoi messaggi, senza rispondere.',
    nl: 'We hebben uw verzoek om de verwerking van uw gegevens te beperken ontvangen. Tot het einde daarvan bewaren we uw berichten alleen; ze worden niet beantwoord.',
    pl: 'Otrzymaliśmy prośbę o ograniczenie przetwarzania danych. Do jego zakończenia tylko przechowujemy wiadomości i nie odpowiadamy na nie.',
    pt: 'Recebemos o seu pedido de limitação do tratamento dos seus dados. Até terminar, apenas guardamos as suas mensagens, sem resposta.',
  },
  'objection-received': {
    en: 'We have received your objection and take care of it. You will hear from us here.',
    de: 'Wir haben Ihren Widerspruch erhalten und kümmern uns darum. Sie hören hier von uns.',
    fr: 'Nous avons reçu votre opposition et nous en occupons. Vous aurez la réponse ici.',
    es: 'Hemos recibido su oposición y nos ocupamos de ella. Le responderemos aquí.',
    it: 'Abbiamo ricevuto la sua opposizione e ce ne occupiamo. Le risponderemo qui.',
    nl: 'We hebben uw bezwaar ontvangen en gaan ermee aan de slag. U hoort hier van ons.',
    pl: 'Otrzymaliśmy sprzeciw i zajmujemy się nim. Odpowiedź przyjdzie tutaj.',
    pt: 'Recebemos a sua oposição e vamos tratar dela. Responderemos aqui.',
  },
  recipients: {
    en: 'Your messages have gone to: {list}.',
    de: 'Ihre Nachrichten gingen an: {list}.',
    fr: 'Vos messages ont été transmis à : {list}.',
    es: 'Sus mensajes se han enviado a: {list}.',
    it: 'I suoi messaggi sono stati trasmessi a: {list}.',
    nl: 'Uw berichten zijn doorgegeven aan: {list}.',
    pl: 'Wiadomości przekazano do: {list}.',
    pt: 'As suas mensagens foram transmitidas a: {list}.',
  },
  'no-recipients': {
    en: 'Your messages have gone to nobody so far.',
    de: 'Ihre Nachrichten gingen bisher an niemanden.',
    fr: 'Vos messages n’ont encore été transmis à personne.',
    es: 'Sus mensajes no se han enviado a nadie hasta ahora.',
    it: 'I suoi messaggi finora non sono stati trasmessi a nessuno.',
    nl: 'Uw berichten zijn tot nu toe aan niemand doorgegeven.',
    pl: 'Wiadomości nie zostały dotąd nikomu przekazane.',
    pt: 'As suas mensagens ainda não foram transmitidas a ninguém.',
  },
  'age-question': {
    en: 'Before we go on: are you {age} or older? Please answer YES or NO. We keep only the answer.',
    de: 'Bevor es weitergeht: Sind Sie {age} oder älter? Bitte antworten Sie mit JA oder NEIN. Wir speichern nur die Antwort.',
    fr: 'Avant de continuer : avez-vous {age} ans ou plus ? Répondez OUI ou NON. Nous ne gardons que la réponse.',
    es: 'Antes de seguir: ¿tiene {age} años o más? Responda SÍ o NO. Solo guardamos la respuesta.',
    it: 'Prima di continuare: ha {age} anni o più? Risponda SÌ o NO. Conserviamo solo la risposta.',
    nl: 'Voordat we verdergaan: bent u {age} of ouder? Antwoord JA of NEE. We bewaren alleen het antwoord.',
    pl: 'Zanim przejdziemy dalej: czy ma Pan/Pani co najmniej {age} lat? Proszę odpowiedzieć TAK lub NIE. Przechowujemy tylko odpowiedź.',
    pt: 'Antes de continuar: tem {age} anos ou mais? Responda SIM ou NÃO. Guardamos apenas a resposta.',
  },
  'minor-refused': {
    en: 'Thank you for being honest. You cannot give consent here at your age, so we have not kept your messages for this.',
    de: 'Danke für die ehrliche Antwort. In Ihrem Alter können Sie hier nicht einwilligen; wir haben Ihre Nachrichten dafür nicht behalten.',
    fr: 'Merci de votre franchise. À votre âge, vous ne pouvez pas consentir ici ; nous n’avons pas gardé vos messages pour cela.',
    es: 'Gracias por su sinceridad. A su edad no puede dar el consentimiento aquí; no hemos guardado sus mensajes para ello.',
    it: 'Grazie per la sincerità. Alla sua età non può dare il consenso qui; non abbiamo conservato i suoi messaggi per questo.',
    nl: 'Bedankt voor uw eerlijke antwoord. Op uw leeftijd kunt u hier geen toestemming geven; we hebben uw berichten hiervoor niet bewaard.',
    pl: 'Dziękujemy za szczerą odpowiedź. W tym wieku nie można tu wyrazić zgody; nie zachowaliśmy wiadomości w tym celu.',
    pt: 'Obrigado pela sinceridade. Com a sua idade não pode dar consentimento aqui; não guardámos as suas mensagens para isso.',
  },
  'guardian-needed': {
    en: 'Thank you for being honest. At your age a parent or guardian has to agree first. Please ask them to contact us; until then we keep nothing for this.',
    de: 'Danke für die ehrliche Antwort. In Ihrem Alter muss zuerst ein Elternteil oder Vormund zustimmen. Bitte lassen Sie sie Kontakt mit uns aufnehmen; bis dahin behalten wir dafür nichts.',
    fr: 'Merci de votre franchise. À votre âge, un parent ou tuteur doit d’abord donner son accord. Demandez-lui de nous contacter ; d’ici là nous ne gardons rien pour cela.',
    es: 'Gracias por su sinceridad. A su edad, primero debe aceptar su madre, padre o tutor. Pídale que nos contacte; hasta entonces no guardamos nada para ello.',
    it: 'Grazie per la sincerità. Alla sua età deve prima acconsentire un genitore o tutore. Gli chieda di contattarci; fino ad allora non conserviamo nulla per questo.',
    nl: 'Bedankt voor uw eerlijke antwoord. Op uw leeftijd moet eerst een ouder of voogd toestemmen. Vraag hun contact met ons op te nemen; tot dan bewaren we hiervoor niets.',
    pl: 'Dziękujemy za szczerą odpowiedź. W tym wieku najpierw musi zgodzić się rodzic lub opiekun. Prosimy, aby się z nami skontaktował; do tego czasu niczego w tym celu nie przechowujemy.',
    pt: 'Obrigado pela sinceridade. Com a sua idade, primeiro tem de concordar um dos pais ou tutor. Peça-lhe que nos contacte; até lá não guardamos nada para isso.',
  },
};

/** In which the gateway itself can say what it has to. */
export const TOLD_IN: readonly string[] = Object.keys(SENTENCES['stop-confirmed']);

/** The sentence in the language of the person, else in English. */
export function toldOf(compiled: CompiledInstructions, name: Told, language: string | null): string {
  const own = notice(compiled, name, language);
  if (own) return own.body;
  const sentences = SENTENCES[name];
  return sentences[language?.toLowerCase().split('-')[0] ?? 'en'] ?? sentences['en'] ?? '';
}
