// Wishes for one's rights, in Portuguese.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const PT: RightsWords = {
  mine: r`(?:meus|minha|minhas) (?:proprios )?(?:dados|informacao|informacoes)(?! (?:moveis|de acesso|bancarios|de pagamento))|dados (?:\w+ ){0,4}(?:sobre mim|me dizem respeito|a meu respeito|em meu nome)|informac(?:ao|oes) (?:\w+ ){0,4}(?:sobre mim|a meu respeito)`,
  utterances: r`minhas (?:mensagens|conversas)|meus chats|meu comportamento`,
  aboutMe: r`(?:que|tudo|todos|quais)\b.{0,40}\b(?:sabem|sabe|tem|guardam|guardado|conservam|armazenam|possuem)\b.{0,25}\b(?:sobre mim|de mim|a meu respeito)|que (?:dados|informac\w+)\b.{0,30}\b(?:sobre mim|a meu respeito)|todos os dados que me dizem respeito|dados\b.{0,20}\bem meu nome`,
  give: r`(?:mand|envi|mostr|facult|forne|pass)\w* me|deem me|me (?:\w+ )?(?:mand|envi|mostr|dao|deem|dar|forne|facult|pass)\w*|copia|acesso a\w*|(?:posso|quero|queria|gostaria)\b.{0,30}\b(?:ver|consultar|receber|obter|saber|conhecer|ter|aceder|acessar)`,
  fix: r`corrij\w*|corrig\w*|retifi\w*|retific\w*|modific\w*|alter\w*|mudei|mudar|atuali\w*|erros?|errad\w*|mal escrito|incorret\w*|nao estao certos|desatuali\w*|antig\w*|troquem|trocar|inexat\w*`,
  field: r`(?:meu|minha) (?:\w+ )?(?:nome|apelido|sobrenome|telefone|numero|telemovel|celular|e ?mail|morada|endereco|data de nascimento)|(?:e ?mail|numero|nome|endereco|telefone) (?:\w+ ){0,2}meu|numero de telefone`,
  held: r`n[oa]s? (?:vosso|vossa|vossos|vossas|seu|sua|seus|meu|minha)? ?(?:sistema|registos?|registros?|base|ficha|perfil|conta|ficheiros?|cadastro)|voces? tem (?:\w+ ){0,4}meu|(?:tem|tenham) (?:\w+ ){0,3}meu (?:antigo|velho)`,
  freeze: r`congel\w*|bloque\w*|limit\w*|suspend\w*|suspensao|em pausa|restrin\w*|restric\w*`,
  unused: r`nao (?:os |as |me |se )?(?:us\w*|utiliz\w*|trat\w*|process\w*|analis\w*)|par\w* de (?:os |as )?(?:usar|tratar|processar|utilizar)|sem (?:os )?(?:usar|tratar|utilizar)`,
  meanwhile: r`ate|por enquanto|por agora|enquanto|de momento|no momento|temporariamente|provisoriamente|entretanto`,
  kept: r`guard\w*|conserv\w*|mantenham|nao (?:me |os )?(?:apag|exclu|elimin)\w*|sem apagar`,
  move: r`export\w*|transf\w*|portabilidade|levar|formato (?:de leitura|legivel|estruturado)|leitura automatica|migrar|import\w*`,
  elsewhere: r`(?:outra|outro|novo|nova) (?:\w+ )?(?:empresa|fornecedor|servico|operador\w*|prestador)|concorren\w*|noutro lado|outro lugar|a empresa`,
  oppose: r`oponho|opor me|oposicao|contra|nao concordo|nao quero|nao autorizo|recuso|proibo|nao consinto|nao permito|nao aceito`,
  use: r`us\w*|utiliz\w*|trat\w*|process\w*|analis\w*|perfi\w*|trein\w*|estatistic\w*`,
  ends: r`estatistic\w*|analises?|perfi\w*|ia|trein\w*|pesquisas?|investigacao`,
  profiling: r`(?:par\w* de|nao) (?:criar|criem|fazer|facam) perfi\w*|nao me perfil\w*`,
  named: {
    access: r`direito (?:de|ao) acesso|pedido de acesso`,
    rectify: r`direito (?:de|a) retificacao`,
    restrict: r`limitacao do tratamento|direito a limitacao`,
    port: r`portabilidade d[eo]s? (?:meus )?dados|direito a portabilidade`,
    object: r`direito (?:de|a) oposicao`,
  },
  otherwise: r`(?:mando|dou|passo|dei|enviei|mandei)|(?:mudei|alterei|atualizei|corrigi) os meus|receberam|recebeu|aqui (?:vao|estao)|segur[oa]s|(?:coloco|ponho|insiro|introduzo)|precisam|perdi|perdeu`,
  business: r`encomendas?|pedidos?(?! de acesso)|faturas?|recibo|reserva|consulta|entrega|portes|envio|pacote|preco|reembolso|cupao|carrinho|bilhetes?|devolucao|rastreio|tecnic\w*|garantia|tamanho`,
};
