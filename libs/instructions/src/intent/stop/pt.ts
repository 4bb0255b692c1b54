// Wishes to hear no more, in Portuguese.
import { stopRules } from './rules.js';

const r = String.raw;
const TELL = r`(?:escrev\w+|contact\w+|contat\w+|envi\w+|mand\w+|incomod\w+|chate\w+|lig(?:ar|uem|ue)|spam\w+|perturb\w+|encher|bombarde\w+)`;

export const PT = stopRules({
  nouns: r`mensage\w+|publicidade|propaganda|anuncios?|spam|sms|emails?|e mails?|ofertas|promoc\w+|promos?|newsletters?|notificac\w+|novidades|avisos|marketing|whatsapps?|comunicac\w+|campanhas`,
  certain: [
    r`\b(?:deixem|deixa|deixe) (?:me|nos) (?:\w+ )?(?:em paz|sossegad\w+|tranquil\w+)\b|\bme deixem? em paz\b|\blarguem me\b`,
    r`\bdescadastr\w+|\bdesinscrev\w+|\bdesubscrev\w+|\banul\w+\b.{0,12}\b(?:subscricao|inscricao)\b`,
    r`\bcancel\w+\b.{0,12}\b(?:subscricao|inscricao|assinatura)(?: (?:da|na|a|do|de) (?:vossa |sua )?(?:newsletter|lista|boletim)|$)|\bcancelar a newsletter\b`,
    r`\b(?:tir\w+|remov\w+|retir\w+|elimin\w+|apag\w+|esquec\w+|exclu\w+) (?:o )?meu (?:numero|telefone|telemovel|contacto|contato|nome|celular)\b(?! (?:no|na) (?:pedido|encomenda))`,
    r`\b(?:removam|tirem|retirem|remova|tire|remove|tira|risquem|apaguem|excluam) me (?:da|de|desta|dos)\b|\bme (?:tirem|removam|tire|remova|excluam)\b.{0,6}\b(?:da|de|desta|dos)\b|\b(?:saio|sair) (?:desta|da vossa|dessa|da|de vossa) (?:\w+ )?lista\b`,
    r`\b(?:retiro|revogo)\b.{0,20}\bconsentimento\b|\b(?:oponho me|me oponho)\b.{0,50}\b(?:marketing|publicidade|dados|comercia\w+|perfi\w+)`,
    r`^nao (?:tenho interesse|estou interessad\w|me interessa)(?: obrigad\w| mais)*$|\bnao (?:tenho interesse|me interessa|estou interessad\w)\b.{0,15}\b(?:nao me|parem|mais)\b`,
    r`\b(?:chega|basta|fart\w|cansad\w)\b (?:ja )?(?:de|do|da|com) (?:tant\w |voss\w |ess\w |est\w )?(?:publicidade|propaganda|anuncios|spam|ofertas|promoc\w+|mensagens|newsletters?)\b`,
  ],
  likely: [
    r`\b(?:parem|pare|deixem|deixar|deixe|chega|basta|cessem|cesse|stop)\b(?: ja| toda a| com| de| imediatamente)*(?: \w+){0,2} (?:<N>|${TELL})|^para (?:ja |de )`,
    r`\bnao (?:me |nos )?(?:voltem|volte|voltes) a \w+|\bnao (?:me |nos )?${TELL}(?: \w+){0,2} (?:mais|nunca|nada)\b|\bnao me (?:escrevam|contactem|contatem|incomodem|chateiem|enviem|mandem)(?: mais| nada| <N>)*$`,
    r`\bnao (?:quero|desejo|queremos|pretendo|gostaria de)(?: \w+){0,2} (?:receber|saber|ouvir|<N>|de voces|contact\w+|ser contactad\w)`,
    r`\bprefiro nao (?:receber|ter|ser)\b|\bja nao quero (?:receber|<N>)|\bpodiam deixar de\b.{0,10}\b(?:enviar|mandar|escrever)`,
    r`\bnem mais um\w? \w+$|^(?:sem|nao|zero|nada de|chega de) (?:mais )?<N>(?: obrigad\w)*$|\bnao mais <N>`,
    r`\bnunca\b.{0,10}\b(?:inscrev\w+|subscrev\w+|cadastr\w+|pedi|autorizei)\b.{0,10}\b(?:nisto|nisso|isto|isso|nada|receber|lista)\b`,
    r`\bcomo (?:paro|deixo de receber|bloqueio|cancelo)\b.{0,15}<N>`,
  ],
  unless: r`encomendas?|entregas?|faturas?|morada|endereco|antes|campainha|app|recebo|recebi|talheres|rastreio|pedido|garantia|senha|codigo`,
});
